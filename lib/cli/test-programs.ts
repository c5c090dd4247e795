import { spawnSync } from 'node:child_process';
import { CommandFailure } from './command.ts';
import { installPackages, isRootOnDebian } from './debian-packages.ts';

/** What the tests check evidence with, besides our own code: programs that courts and experts have too, by the Debian package of each. */
const programs = {
  pdfsig: 'poppler-utils',
  pdfinfo: 'poppler-utils',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  qpdf: 'qpdf',
  zbarimg: 'zbar-tools',
  python3: 'python3',
  openssl: 'openssl',
} as const;

/** Sees to it that these programs are there, installing them where that can be done. Throws CommandFailure when one is not to be had. */
export async function prepareTestPrograms(onProgress: (message: string) => void): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (isRootOnDebian(['ubuntu'])) {
    onProgress(`${missing.join(' and ')} missing: installing the packages`);
    await installPackages(missing);
  }
  const still = missingPackages();
  if (still.length === 0) return;
  throw new CommandFailure(
    `The tests check certificates and dossiers with programs of other people, and some are missing. Install ${still.join(', ')} (Debian and Ubuntu: sudo apt-get install ${still.join(' ')}; macOS: brew install poppler qpdf zbar python openssl), and run the same command again.`,
  );
}

function missingPackages(): string[] {
  const absent = Object.entries(programs).filter(([program]) => spawnSync(program, ['--version']).error !== undefined);
  return [...new Set(absent.map(([, name]) => name))];
}
