// Packs files into one .zip, the form in which every system opens a folder. The browser itself compresses: what it makes as gzip holds the
// same compressed bytes and the same checksum that a .zip needs.

const encoder = new TextEncoder();
/** gzip without a name: ten bytes before the compressed ones; checksum and length behind them. RFC 1952. */
const [GZIP_HEAD, GZIP_TAIL] = [10, 8];
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Version 2.0 of the format, names in UTF-8, deflated, the first of January 1980: the same files make the same bytes. */
const [VERSION, FLAGS, DEFLATED, TIME, DATE] = [20, 0x0800, 8, 0, 0x0021];

/** @param files  by their paths in the .zip, such as `mine/config.json`; all together below 4 GB */
export async function zipFile(files: Readonly<Record<string, Blob>>): Promise<Blob> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, file] of Object.entries(files)) {
    const name = encoder.encode(path);
    const { bytes, checksum } = await compress(file);
    const facts = (view: DataView, at: number): void => {
      [VERSION, FLAGS, DEFLATED, TIME, DATE].forEach((value, i) => view.setUint16(at + 2 * i, value, true));
      [checksum, bytes.length, file.size].forEach((value, i) => view.setUint32(at + 10 + 4 * i, value, true));
      view.setUint16(at + 22, name.length, true);
    };
    const local = record(30, LOCAL, (view) => facts(view, 4));
    const central = record(46, CENTRAL, (view) => {
      view.setUint16(4, VERSION, true);
      facts(view, 6);
      view.setUint32(42, offset, true);
    });
    parts.push(local, name, bytes);
    directory.push(central, name);
    offset += local.length + name.length + bytes.length;
  }
  const end = record(22, END, (view) => {
    const count = Object.keys(files).length;
    view.setUint16(8, count, true);
    view.setUint16(10, count, true);
    view.setUint32(12, directory.reduce((sum, { length }) => sum + length, 0), true);
    view.setUint32(16, offset, true);
  });
  return new Blob([...parts, ...directory, end] as Uint8Array<ArrayBuffer>[], { type: 'application/zip' });
}

async function compress(file: Blob): Promise<{ bytes: Uint8Array; checksum: number }> {
  const gzip = new Uint8Array(await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
  if (gzip[3] !== 0) throw new Error('This browser writes gzip with fields that are not expected.');
  const end = gzip.length - GZIP_TAIL;
  return { bytes: gzip.subarray(GZIP_HEAD, end), checksum: new DataView(gzip.buffer).getUint32(end, true) };
}

function record(length: number, signature: number, fill: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, signature, true);
  fill(view);
  return new Uint8Array(view.buffer);
}
