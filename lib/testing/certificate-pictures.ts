import { mkdirSync } from 'node:fs';
import { type CopyLanguage, copyLanguages } from '#lib/copy/language.ts';
import { drawPages } from './pdf-programs.ts';
import { certificateKinds, sampleCertificate } from './sample-certificates.ts';

/**
 * Draws every page of the sample certificates, for a person to look at: `node lib/testing/certificate-pictures.ts <folder> [language …]`. Each
 * version in each language, and the interim one for sharing.
 */

const [folder, ...named] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder for the pictures.');
mkdirSync(folder, { recursive: true });
for (const language of copyLanguages.filter((known) => named.length === 0 || named.includes(known))) {
  for (const kind of certificateKinds) await draw(folder, language, kind);
  await draw(folder, language, 'shared', 'interim');
}

async function draw(into: string, language: CopyLanguage, ...about: [(typeof certificateKinds)[number], 'interim'?]) {
  const pages = drawPages(await sampleCertificate(language, ...about), into, [language, ...about].join('-'), 110);
  process.stdout.write(`${pages.join('\n')}\n`);
}
