// The files of a drop, also of a folder that was dropped, by name.

export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()); // now: a drop is empty after its event
  const files = [...data.files];
  const found = await Promise.all(entries.map((entry) => (entry?.isDirectory ? filesOfFolder(entry as FileSystemDirectoryEntry) : [])));
  return [...files.filter((file) => !entries.some((entry) => entry?.isDirectory && entry.name === file.name)), ...found.flat()];
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)); // some at a time
    if (entries.length === 0) return files;
    for (const entry of entries) if (entry.isFile) files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
  }
}
