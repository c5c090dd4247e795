import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { FirstSession } from '#app/docs/guide/first-session.tsx';
import { GoingLive } from '#app/docs/guide/going-live.tsx';
import { type GuideTopic, guideTopics } from '#app/docs/guide/guide-topics.ts';
import { neededInProduction, wiseInProduction } from '#app/docs/guide/production-settings.ts';
import { sandboxFields } from '#app/docs/guide/sandbox-fields.ts';
import { Testing } from '#app/docs/guide/testing.tsx';
import { webhookEvents } from '#app/docs/guide/webhook-events.ts';
import { Webhooks } from '#app/docs/guide/webhooks.tsx';
import { runCommandLine } from '#lib/cli/main.ts';
import { errorCodes } from '#lib/domain/error-catalogue.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import { settings } from '#lib/domain/settings.ts';
import { readPrivateKey, readPublicKey } from '#lib/providers/qitech/client-keys.ts';
import { fieldTable } from '#lib/schema/field-table.ts';
import { operations } from '#lib/schema/operations.ts';
import { webhookSession } from '#lib/schema/webhook-message.ts';

const guides: Record<GuideTopic, (props: { portalUrl: string }) => ReactNode> = {
  'first-session': FirstSession,
  webhooks: Webhooks,
  testing: Testing,
  'going-live': GoingLive,
};
const texts = Object.entries(guides).map(([topic, Guide]) => {
  const markup = renderToStaticMarkup(<Guide portalUrl="http://127.0.0.1:3000" />);
  const code = [...markup.matchAll(/<code[^>]*>([\s\S]*?)<\/code>/g)].map(([, text = '']) =>
    unescaped(text).replaceAll('\\\n', ''),
  );
  return { topic, code };
});

/** What npm does for every project. */
const npmOwn = ['run', 'ci'];

describe.each(texts)('the guide $topic', ({ topic, code }) => {
  test('is one of those in the navigation', () => expect(guideTopics).toHaveProperty(topic));

  test('names commands, subcommands and options that exist', async () => {
    const calls = code.flatMap((text) => [...text.matchAll(/npm run (?:--silent )?aceite -- ([^\n>]*)/g)]);
    for (const [, call = ''] of calls) await expectCommand(call.trim());
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
    for (const [, script = ''] of code.flatMap((text) => [...text.matchAll(/npm (?:run )?([a-z]+)/g)]))
      if (!npmOwn.includes(script)) expect(scripts, script).toHaveProperty(script);
  });

  test('names settings, statuses and fields that exist', () => {
    const words = code.filter((text) => /^[A-Za-z_.]+$/.test(text));
    const shouted = words.filter((text) => /^[A-Z][A-Z_]+$/.test(text));
    expect(shouted.filter((text) => !knownShouted.has(text))).toEqual([]);
    const fields = words.filter((text) => /^[a-z]+[A-Z]\w*(?:\.\w+)*$|^\w+\.\w+$/.test(text));
    expect(fields.filter((text) => !knownFields.has(text))).toEqual([]);
  });
});

test.each([undefined, "/srv/ana's loja/sandbox.json"])(
  'the key is taken from the portal at hand, be it at %s',
  (sandboxFile) => {
    const markup = renderToStaticMarkup(<FirstSession portalUrl="http://127.0.0.1:3000" sandboxFile={sandboxFile} />);
    const [, command = ''] = /(export ACEITE_API_KEY=.*?)<\/code>/.exec(markup) ?? [];
    const [, word = ''] = /node -p (.*)\)$/.exec(unescaped(command)) ?? [];
    const said = execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });
    expect(said).toBe(`require("${sandboxFile ?? './.aceite/sandbox.json'}").apiKey`);
  },
);

test('the guide to production names exactly what a start in production asks for', async () => {
  const { loadConfig } = await import('#lib/config.ts');
  const loaded = loadConfig({ ACEITE_MODE: 'production' });
  if (loaded.ok) throw new Error('production started without settings');
  const asked = loaded.problems.flatMap((problem) => /^[A-Z_]+/.exec(problem) ?? []);
  expect([...neededInProduction].toSorted()).toEqual(asked.toSorted());
});

test("the guide to production makes a key towards the lender that the portal reads, and the lender's half of it", () => {
  const commands = texts.flatMap(({ code }) => code.join('\n').match(/^openssl .*$/gm) ?? []);
  const folder = mkdtempSync(join(tmpdir(), 'aceite-guide-'));
  execFileSync('sh', ['-ec', commands.join('\n')], { cwd: folder, stdio: 'pipe' });
  const [ours, theirs] = ['qitech-key.pem', 'qitech-key.pub.pem'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  rmSync(folder, { recursive: true });
  expect(createPublicKey(readPrivateKey(ours ?? '')).equals(readPublicKey(theirs ?? ''))).toBe(true);
});

test('the guide to production says of each setting worth a thought what holds without it', () => {
  const going = renderToStaticMarkup(<GoingLive portalUrl="http://127.0.0.1:3000" />);
  for (const [name, otherwise] of Object.entries(wiseInProduction)) {
    expect(unescaped(going), name).toContain(otherwise);
    expect(otherwise, name).toMatch(/^(?:Without it .|Needed as soon as )/);
  }
  expect(Object.keys(wiseInProduction).filter((name) => neededInProduction.some((needed) => needed === name))).toEqual(
    [],
  );
});

/** The outside contract's list, written down a second time on purpose. */
test('the guide to webhooks names every type of message, and no other', () => {
  const of = (group: string, names: string) => names.split(' ').map((name) => `${group}.${name}`);
  expect(webhookEvents.map(({ type }) => type)).toEqual([
    ...of('signing_session', 'created started completed failed expired cancelled disputed'),
    ...of('lender', 'signature_received rejected needs_attention'),
    'evidence.final',
    'webhook.test',
  ]);
});

/** The schedule of Standard Webhooks 1.0.0, written down a second time on purpose. */
test('the guide to webhooks says when a message is sent again, and how often at most', () => {
  const text = unescaped(renderToStaticMarkup(<Webhooks portalUrl="http://127.0.0.1:3000" />)).replace(/\s+/g, ' ');
  expect(text).toContain(
    '5 seconds, 5 minutes, 30 minutes, 2 hours, 5 hours, 10 hours, 14 hours, 20 hours, and 24 hours later',
  );
  expect(text).toContain('10 attempts in about three days');
});

async function expectCommand(call: string): Promise<void> {
  const [name = '', sub = ''] = call.split(' ');
  const said: string[] = [];
  const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) };
  const code = await runCommandLine([name, '--help'], io);
  const help = said.join('\n');
  expect(code, call).toBe(0);
  if (/^[a-z]+$/.test(sub)) expect(help, call).toMatch(new RegExp(`\\b${name} ${sub}\\b|^  ${sub}\\b`, 'm'));
  for (const option of call.match(/--[a-z-]+/g) ?? []) expect(help, call).toContain(option);
}

const fieldNames = operations.flatMap(({ query, body, success }) => [
  ...(query ? fieldTable(query, 'input') : []),
  ...(body ? fieldTable(body.schema, 'input') : []),
  ...(success.schema ? fieldTable(success.schema, 'output') : []),
]);
const knownFields = new Set([
  ...fieldNames.flatMap(({ name }) => [name, name.replaceAll('[]', '')]),
  ...sandboxFields.map(({ field }) => field),
  ...webhookEvents.map(({ type }) => type),
  ...fieldTable(webhookSession, 'output').map(({ name }) => name),
  ...errorCodes,
  ...apiScopes,
  // Of a message to a receiver.
  ...['eventId', 'endpointId', 'data.sequence'],
  ...['sandbox.json', 'package.json', '.env'],
]);
const knownShouted = new Set([
  ...Object.keys(settings),
  ...fieldNames.flatMap(({ rules }) => rules.match(/[A-Z][A-Z_]+/g) ?? []),
  // Set by the reader, and what a verifier says.
  ...['SESSION_ID', 'VALID', 'VALID_INTERIM', 'COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED', 'ACEITE_API_KEY'],
  // A right of a login of the database.
  'CREATEROLE',
]);

function unescaped(markup: string): string {
  const text = markup.replace(/<[^>]+>/g, '');
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
