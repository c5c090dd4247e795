import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file whole (mode 0600, unless another is given): when this returns, the new content outlives a power cut; until then the old one is there. */
export async function writeDurably(file: string, text: string, mode = 0o600): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  // The new name is durable only when its folder is.
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}
