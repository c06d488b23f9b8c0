export function packagedExtension(): string {
  const vsix = process.env.BACKUP_TENANCY_VSIX;
  if (!vsix) {
    throw new Error('No package to test: run "npm run test:ui", or set BACKUP_TENANCY_VSIX to the path of a VSIX.');
  }
  return vsix;
}
