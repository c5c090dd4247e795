import { parseArgs } from 'node:util';
import { type Command, exitCodes } from './command.ts';
import { settingsUnread } from './doctor/check.ts';
import { checks } from './doctor/checks.ts';
import { type Examination, examine } from './doctor/examine.ts';

export const command: Command = {
  name: 'doctor',
  summary:
    'look at settings, database, clock, proxies, lender, keys, backups, webhooks and what runs by itself; say what to do',
  usage: `Usage: npm run aceite -- doctor [--json]

Looks at the installation that the settings name and says of everything that is wrong what to do about it. Changes nothing; an embedded
database that does not run is started for as long as it is looked at. The lender is asked for a debt that does not exist, under the
installation's settings and under those that workspaces have of their own (20 of these at the most), each time-stamp authority for one
stamp of nothing, and the running web, through PORTAL_URL, which client address it sees: run it where PORTAL_URL is reached as customers
reach it, and where log-signer runs for the key of the log.

  --json   print JSON: { "ok", "checks": [{ "id", "title", "status", "sentence", "whatToDo": [] }] }; status is ok, warning, failed or
           not_checked; whatToDo is absent where all is well. "ok" says that nothing failed

Exits with 0 when nothing failed, else with 1. Nothing that it prints is secret or names a customer.

Example: npm run --silent aceite -- doctor --json
`,
  run: async (args, io) => {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
    const made = await examine(checks, io.err);
    const isWell = made.every(({ status }) => status !== 'failed');
    io.out(values.json ? JSON.stringify({ ok: isWell, checks: made }, null, 2) : report(made));
    return isWell ? exitCodes.ok : exitCodes.failed;
  },
};

const labels = { ok: 'ok', warning: 'WARNING', failed: 'FAILED', not_checked: 'not checked' } as const;
const labelWidth = Math.max(...Object.values(labels).map((label) => label.length));
const indent = ' '.repeat(labelWidth + 2);

function report(made: readonly Examination[]): string {
  const unread = made.filter(isUnread);
  const told = made.filter((finding) => !unread.includes(finding));
  const lines = told.flatMap((finding) => [
    `${labels[finding.status].padEnd(labelWidth)}  ${finding.title}: ${finding.sentence}`,
    ...(finding.status === 'ok' ? [] : finding.whatToDo.map((act) => `${indent}→ ${act}`)),
  ]);
  const skipped =
    unread.length > 0
      ? [`${labels.not_checked.padEnd(labelWidth)}  The other ${unread.length}: ${settingsUnread.sentence}`]
      : [];
  return [...lines, ...skipped, '', summaryOf(made)].join('\n');
}

/** Without settings nearly nothing can be looked at: one line says so, where each would only say the same. */
const isUnread = ({ status, sentence }: Examination): boolean =>
  status === 'not_checked' && sentence === settingsUnread.sentence;

function summaryOf(made: readonly Examination[]): string {
  const count = (status: Examination['status']) => made.filter((finding) => finding.status === status).length;
  const warnings = count('warning');
  return `${count('ok')} ok, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('failed')} failed, ${count('not_checked')} not checked.`;
}
