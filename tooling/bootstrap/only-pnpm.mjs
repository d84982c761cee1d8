// `prepack` of every published package: refuses to be packed or published by anything but pnpm. A package.json of a workspace names versions
// such as `workspace:^`, which pnpm replaces and npm leaves as they are, and then nobody can install the package.
const packer = process.env.npm_config_user_agent ?? 'an unknown program';

if (!packer.startsWith('pnpm/')) {
  const name = process.env.npm_package_name ?? 'this package';
  process.stderr.write(`${name} cannot be packed by ${packer.split(' ')[0]}, which leaves versions such as workspace:^ in its package.json: in the root of the repository, type npm run pack -- ${name} for a tarball, or pnpm release to publish.\n`);
  process.exitCode = 1;
}
