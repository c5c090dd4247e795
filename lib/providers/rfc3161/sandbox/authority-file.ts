import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOnce } from '#lib/providers/write-once.ts';

/** PEM texts. The root is what one must trust to believe this authority. */
export type AuthorityFile = { root: string; certificate: string; privateKey: string };

/**
 * The sandbox's authority of that name, in one file of the folder: made when missing, the same ever after, whichever process asks
 * first. The root's private key is forgotten as soon as it has signed, so nothing else can ever be issued under it.
 */
export async function sandboxAuthorityFile({ folder, name }: { folder: string; name: string }): Promise<AuthorityFile> {
  const file = join(folder, `time-stamp-authority-${name}.pem`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return blocksIn(kept, file);
  // Loaded for this once only: every process of a sandbox asks for roots, and they are nearly always there.
  const { newAuthority } = await import('./new-authority.ts');
  const { root, certificate, privateKey } = await newAuthority(name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeOnce(file, `${root}${certificate}${privateKey}`);
  return blocksIn(await readFile(file, 'utf8'), file);
}

function blocksIn(text: string, file: string): AuthorityFile {
  const [root, certificate, privateKey] = text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n/g) ?? [];
  if (root && certificate && privateKey) return { root, certificate, privateKey };
  throw new Error(
    `${file} is damaged. Move it away to have a new authority made; stamps of the old one stay what they are.`,
  );
}
