import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';

/** What the README says, done and looked up. `npm start` and `npm test` are what these tests run under. */

const run = promisify(execFile);
const project = join(import.meta.dirname, '..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');

test('its call creates a session whose link opens', async ({ portal, page }) => {
  const block = /```sh\n(curl [\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(block).toContain('http://127.0.0.1:3000/api/v1/signing');
  const call = block.replace('http://127.0.0.1:3000', portal.portalUrl).replaceAll('-1"', `-${Date.now()}"`);
  const { stdout } = await run('bash', [
    '-c',
    `ACEITE_API_KEY=${portal.apiKey}
${call}`,
  ]);
  const { redirectUrl } = JSON.parse(stdout);
  await page.goto(redirectUrl);
  await expect(page.locator('#contract-text')).toHaveText('O texto exato do contrato.', { useInnerText: false });
});

test('its commands fetch the evidence of a signed session and find nothing wrong with it', async ({
  portal,
  merchant,
}) => {
  const session = await merchant.createsSession();
  await HttpSigner.signs(session);
  const folder = mkdtempSync(join(tmpdir(), 'aceite-readme-'));
  const block = /```sh\n(curl -o dossier.zip [\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const commands = block
    .replace('http://127.0.0.1:3000', portal.portalUrl)
    .replace('npm run --silent aceite --', `${process.execPath} ${join(project, 'lib/cli/main.ts')}`)
    .replace('lib/evidence', join(project, 'lib/evidence'));
  const set = `export ACEITE_API_KEY=${portal.apiKey} SESSION_ID=${session.signingSessionId}`;
  const place = `export ACEITE_DATA_DIR='${portal.dataDir}' PORT=${new URL(portal.portalUrl).port}`;
  const script = [set, place, commands].join('\n');
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stdout, stderr).toMatch(/^VALID(_INTERIM)? \(exit code [03]\)$/m);
});

test('every command that it names exists', async () => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm (?:run )?(?:--silent )?([a-z]+)/g)].map(([, script]) => script ?? '');
  expect(named.length).toBeGreaterThan(4);
  for (const script of named) expect(scripts, script).toHaveProperty(script);
  const { stdout: help } = await run(process.execPath, [join(project, 'lib/cli/main.ts'), '--help']);
  for (const command of ['serve', 'worker', 'bench', 'trust', 'verify', 'log-signer', 'witness', 'drill', 'audit'])
    expect(help).toMatch(new RegExp(`^ +${command} `, 'm'));
});

test('its map names every folder, and no other', () => {
  const map = readme.slice(readme.indexOf('## The map'), readme.indexOf('## The import law'));
  const named = [...map.matchAll(/`((?:app|components|e2e|lib)(?:\/[a-z]+)?)`/g)].map(([, folder]) => folder ?? '');
  const lib = readdirSync(join(project, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = ['app', 'components', 'e2e', ...lib.map(({ name }) => `lib/${name}`)];
  expect(named.toSorted()).toEqual(folders.toSorted());
});

test('every picture and file that it shows is there', () => {
  const shown = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path ?? '');
  expect(shown.length).toBeGreaterThan(1);
  expect(shown.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});
