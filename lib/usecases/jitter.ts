import { randomBytes } from 'node:crypto';

/** From 0 to 1, to spread retries; nothing secret or provable hangs on it, but the source is the same as everywhere. */
export function jitter(): number {
  return randomBytes(4).readUInt32BE() / 0xffffffff;
}
