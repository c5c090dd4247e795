import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { composeAuthorities } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import type { TimeStampAuthority } from '#lib/providers/time-stamps.ts';
import { stampDebts } from '#lib/usecases/system/stamp-debts.ts';
import { askAddress } from './ask-address.ts';
import {
  type Check,
  type Examined,
  type Finding,
  failed,
  notChecked,
  ok,
  warning,
  withSettings,
  withTables,
  worstOf,
} from './check.ts';
import { offsetFinding } from './clock-check.ts';

/** As for /metrics: so long an authority may be away before somebody has to look. */
const debtSecondsMax = 3_600;

/** Those who are no part of the installation, the lender aside. */
export const strangerChecks: readonly Check[] = [
  { id: 'mail', title: 'Mail', run: withSettings(judgeMail) },
  { id: 'time-stamps', title: 'Time-stamp authorities', run: withSettings(judgeAuthorities) },
  { id: 'owed-time-stamps', title: 'Time stamps that are owed', run: withTables(judgeDebts) },
  { id: 'witnesses', title: 'Witnesses of the log', run: withSettings(judgeWitnesses) },
];

function judgeMail({ smtpUrl, mailFrom }: Config): Finding {
  if (smtpUrl === undefined) return ok('No mail server is set, and this version sends no mail, so none is missed.');
  return warning(
    `SMTP_URL names ${new URL(smtpUrl).host}, with the sender ${mailFrom?.replace(/^.*@/, '…@') ?? ''}, and nothing will come of it: this version sends no mail, and has not asked the server.`,
    'Do not count on mail: signers take their receipt from its page, and what is wrong is told by this command, /metrics and the dashboard. The setting may stay.',
  );
}

async function judgeAuthorities(config: Config): Promise<Finding> {
  const { authorities, rootsFile, areSandboxAuthorities } = config.timeStamps;
  if (authorities.length === 0) {
    if (config.mode === 'sandbox') return ok('No time-stamp authority is set.');
    return warning(
      'No time-stamp authority is set, so no stranger says when the evidence existed.',
      'Set ACEITE_TIME_STAMP_AUTHORITIES and ACEITE_TIME_STAMP_ROOTS_FILE, best to two under different roots.',
    );
  }
  if (areSandboxAuthorities && !existsSync(rootsFile ?? ''))
    return notChecked('The sandbox has made no time-stamp authorities yet.', 'Start the portal once: npm start');
  const { timeStampAuthorities } = await composeAuthorities(config);
  const findings = await Promise.all(timeStampAuthorities.map((authority) => judgeAuthority(authority, config)));
  return (
    worstOf(findings) ?? ok(`${authorities.map(({ name }) => name).join(', ')}: each stamps, and its root is believed.`)
  );
}

/** Has a digest of nothing stamped: that is all an authority can be asked, and it leaves no trace here. */
async function judgeAuthority({ name, stamp }: TimeStampAuthority, { mode }: Config): Promise<Finding> {
  const before = Date.now();
  const stamped = await stamp(randomBytes(32));
  if (!stamped.ok)
    return failed(
      `The time-stamp authority ${name} gave no stamp (${stamped.reason}).`,
      mode === 'sandbox'
        ? 'Start the sandbox with npm start, or its lender alone: npm run aceite -- lender'
        : `Look at the address of ${name} in ACEITE_TIME_STAMP_AUTHORITIES, the way to it, and its root in ACEITE_TIME_STAMP_ROOTS_FILE. Stamps are asked for again until they are there.`,
    );
  // Authorities of the sandbox go by its clock, which people move.
  if (mode === 'sandbox') return ok(`${name} stamps.`);
  const at = stamped.time.getTime();
  // A stamp may name whole seconds.
  return offsetFinding(Math.max(0, at - Date.now(), before - (at + 999)), `this machine and the authority ${name}`);
}

async function judgeDebts({ config, db }: Examined): Promise<Finding> {
  const { timeStampAuthorities } = existsSync(config.timeStamps.rootsFile ?? '')
    ? await composeAuthorities(config)
    : { timeStampAuthorities: [] };
  const late = (await stampDebts({ db, timeStampAuthorities })).filter(
    ({ pending, oldestSeconds }) => pending > 0 && oldestSeconds > debtSecondsMax,
  );
  if (late.length === 0) return ok('No checkpoint has waited for its time stamp for an hour.');
  const owing = late.map(
    ({ authority, pending, reason }) => `${authority} owes ${pending}${reason ? ` (${reason})` : ''}`,
  );
  return failed(
    `Checkpoints of the log have waited for time stamps for more than an hour: ${owing.join(', ')}.`,
    'Look whether a worker runs (npm run aceite -- worker), and at what "Time-stamp authorities" says.',
  );
}

async function judgeWitnesses({ witnesses }: Config): Promise<Finding> {
  if (witnesses.length === 0) return ok('No witness is set.');
  const findings = await Promise.all(
    witnesses.map(async ({ url }) => {
      const { host } = new URL(url);
      const told = await askAddress(`${url.replace(/\/+$/, '')}/add-checkpoint`);
      if (told.ok && told.status < 500) return ok(`${host} answers.`);
      return failed(
        `The witness at ${host} does not answer (${told.ok ? `status_${told.status}` : told.fault}).`,
        `Ask who runs ${host}, or take it out of ACEITE_WITNESSES. The log is signed all the same.`,
      );
    }),
  );
  return worstOf(findings) ?? ok(`All ${witnesses.length} witnesses answer.`);
}
