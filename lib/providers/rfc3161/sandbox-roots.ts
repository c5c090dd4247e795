import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { sandboxAuthorityFile } from './sandbox/authority-file.ts';

/**
 * The roots of the sandbox's authorities of those names as one PEM text, kept in `file` for whoever verifies; the authorities are made when
 * missing. Whichever process asks first: all find the same.
 */
export async function sandboxRoots(given: { folder: string; names: string[]; file: string }): Promise<string> {
  const { folder, names, file } = given;
  const authorities = await Promise.all(names.map((name) => sandboxAuthorityFile({ folder, name })));
  const pem = authorities.map(({ root }) => root).join('');
  if ((await readFile(file, 'utf8').catch(() => '')) === pem) return pem;
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, pem, { flag: 'wx' });
  await rename(draft, file);
  return pem;
}
