import { join } from 'node:path';
import { sandboxFileName } from '#lib/domain/sandbox-file.ts';
import { program } from '#lib/program.ts';

/** Where this very portal keeps what scripts read; nothing in production, which has no such file and tells strangers no paths. */
export function sandboxFile(): string | undefined {
  const { isSandbox, config } = program();
  return isSandbox ? join(config.dataDir, sandboxFileName) : undefined;
}
