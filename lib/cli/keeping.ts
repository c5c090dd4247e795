import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { erasureAnswerLines } from '#lib/copy/dashboard-erasure.ts';
import { staffLanguages } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { formatInstantForPeople } from '#lib/format/instant.ts';
import { type HoldResult, liftHold, placeHold } from '#lib/usecases/staff/hold-session.ts';
import { certifyDeletion } from '#lib/usecases/system/certify-deletion.ts';
import { answerErasureRequest, recordErasureRequest } from '#lib/usecases/system/erasure-requests.ts';
import { exportSubject } from '#lib/usecases/system/export-subject.ts';
import { type KeepingSweep, keepAndErase } from '#lib/usecases/system/keep-and-erase.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { doubtWords, status } from './keeping-status.ts';
import { readConfig } from './read-config.ts';
import { staffMember } from './staff-member.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'keeping',
  summary: 'how long evidence is kept: terms, legal holds, requests for erasure, export of what is held, erasing',
  usage: `Usage: npm run aceite -- keeping status [<session id>] [--workspace <name or id>]
       npm run aceite -- keeping hold <session id> --reason <words> --by <e-mail>
       npm run aceite -- keeping lift <session id> --hold <id> --reason <words> --by <e-mail>
       npm run aceite -- keeping erase-request --cpf <CPF or CNPJ> --by <e-mail> [options]
       npm run aceite -- keeping export --cpf <CPF or CNPJ> --by <e-mail> [--output <file>]
       npm run aceite -- keeping deletion-certificate <session id> [--output <file>]
       npm run aceite -- keeping run

Signed sessions are kept for five years from the signature, the lender's answer and the contract's last due day, whichever ends last;
sessions without a signature for six months, or thirty days when nobody opened them ("status" calls these classes E1, E2 and E3).
What is due is erased once a day by the worker, and at once by "run". A legal hold stops that.

  --workspace <name or id>  may be left out when there is one; "export" takes it repeatedly
  --by <e-mail>             the member of staff who does this; an auditor or an admin
  --reason <words>          why; kept, sealed, in the session's story
  --hold <id>               which hold, as "status <session id>" shows it
  --cpf <CPF or CNPJ>       the person's document, in any punctuation
  --asked-by <who>          data_subject, representative, authority or merchant; at first data_subject
  --reference <number>      your own number for the matter
  --language pt-BR|en       of the answer to a request; at first pt-BR
  --output <file>           write there instead of printing; a certificate's signature goes into <file>.sig
  --json                    print JSON

Example: npm run aceite -- keeping erase-request --cpf 529.982.247-25 --by ana@loja-exemplo.test --reference 2026/117
`,
  run: async (args, io) =>
    runSubcommand(
      'keeping',
      {
        status,
        hold,
        lift,
        'erase-request': eraseRequest,
        export: exportHeld,
        'deletion-certificate': certificate,
        run,
      },
      args,
      io,
    ),
};

const one = { type: 'string' } as const;
const json = { type: 'boolean', default: false } as const;

async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: { json } });
  return withProgram(readConfig(), io, async (program) => {
    const sweep = await keepAndErase(program);
    const { standings, faults, withheld, isCut } = sweep;
    const told = Object.entries(standings).map(([standing, count]) => `${standing}: ${count}`);
    if (values.json) io.out(JSON.stringify({ standings, faults: faults.length, withheld, isCut }));
    else if (!withheld) io.out(told.length > 0 ? told.join('\n') : 'Nothing is due.');
    for (const words of troubles(sweep)) io.err(words);
    return faults.length > 0 || withheld ? exitCodes.failed : exitCodes.ok;
  });
}

const troubles = ({ faults, withheld, isCut }: KeepingSweep): string[] => [
  ...(withheld ? [`Nothing was erased: ${doubtWords[withheld]}`] : []),
  ...(isCut ? ['More sessions are due than one run erases. The next run goes on.'] : []),
  ...faults.map((fault) => `A session could not be erased: ${fault instanceof Error ? fault.message : fault}`),
];

const holdOptions = { workspace: one, by: one, reason: one, hold: one, json } as const;

function hold(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: holdOptions, allowPositionals: true });
  const sessionId = sessionIn(positionals);
  return withProgram(readConfig(), io, async (program) => {
    const workspace = await chooseWorkspace(program, values.workspace);
    const staff = await staffMember(program, workspace, values.by, 'hold_session');
    const held = settled(await placeHold(program, staff, sessionId, values.reason ?? ''));
    io.out(
      values.json
        ? JSON.stringify({ holdId: held })
        : `The session is held (${held}); it is not erased until this hold is lifted.`,
    );
    return exitCodes.ok;
  });
}

function lift(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: holdOptions, allowPositionals: true });
  const sessionId = sessionIn(positionals);
  return withProgram(readConfig(), io, async (program) => {
    const workspace = await chooseWorkspace(program, values.workspace);
    const staff = await staffMember(program, workspace, values.by, 'hold_session');
    const which = { sessionId, holdId: values.hold ?? '' };
    const lifted = settled(await liftHold(program, staff, which, values.reason ?? ''));
    io.out(values.json ? JSON.stringify({ holdId: lifted }) : `The hold ${lifted} is lifted.`);
    return exitCodes.ok;
  });
}

const holdRefusals = {
  forbidden: 'This member of staff may not hold sessions.',
  signing_session_not_found: 'The workspace has no such session, or it was erased already.',
  hold_not_found: 'The session has no such hold that stands; "keeping status <session id>" lists them.',
  reason_missing: 'Give the reason with --reason.',
  reason_too_long: `The reason is too long; ${staffReasonLengthMax} characters are the most.`,
  reason_characters: 'The reason has characters that cannot be kept.',
} as const;

function settled(result: HoldResult): string {
  if (result.ok) return result.holdId;
  throw new CommandFailure(holdRefusals[result.code]);
}

const askers = ['data_subject', 'representative', 'authority', 'merchant'] as const;

function eraseRequest(args: string[], io: CommandIo): Promise<number> {
  const options = { workspace: one, by: one, cpf: one, 'asked-by': one, reference: one, language: one, json } as const;
  const { values } = parseArgs({ args, options });
  const askedBy = oneOf('--asked-by', askers, values['asked-by'] ?? 'data_subject');
  const language = oneOf('--language', staffLanguages, values.language ?? 'pt-BR');
  return withProgram(readConfig(), io, async (program) => {
    const workspace = await chooseWorkspace(program, values.workspace);
    const staff = await staffMember(program, workspace, values.by, 'answer_data_subject');
    const asked = { identity: values.cpf ?? '', askedBy, reference: values.reference };
    const recorded = await recordErasureRequest(program, staff, asked);
    if (!recorded.ok) throw new CommandFailure(requestRefusals[recorded.code], exitCodes.usage);
    const answer = await answerErasureRequest(program, staff.workspaceId, recorded.requestId);
    if (!answer) throw new Error('a request that was just recorded is not there');
    const { requestId, dueAt } = recorded;
    const writeDate = (instant: string) => formatInstantForPeople(new Date(instant), language);
    if (values.json) io.out(JSON.stringify({ requestId, dueAt: dueAt.toISOString(), answer }, null, 2));
    else io.out([`Request ${requestId}`, '', ...erasureAnswerLines(language, answer, writeDate)].join('\n'));
    return exitCodes.ok;
  });
}

const requestRefusals = {
  identity_invalid: 'Give the CPF or CNPJ of the person with --cpf; its check digits do not fit.',
  reference_invalid: '--reference takes letters, digits and . _ / -, at most 60.',
} as const;

function exportHeld(args: string[], io: CommandIo): Promise<number> {
  const options = { workspace: { type: 'string', multiple: true }, by: one, cpf: one, output: one } as const;
  const { values } = parseArgs({ args, options: { ...options, json } });
  return withProgram(readConfig(), io, async (program) => {
    const wanted = values.workspace ?? [undefined];
    const requestId = `cli_${randomUUID()}`;
    const exporters = new Map<string, { userId: string; requestId: string }>();
    for (const name of wanted) {
      const workspace = await chooseWorkspace(program, name);
      const { userId } = await staffMember(program, workspace, values.by, 'answer_data_subject');
      exporters.set(workspace.workspaceId, { userId, requestId });
    }
    const held = await exportSubject(program, exporters, values.cpf ?? '');
    if (!held.ok) throw new CommandFailure(requestRefusals[held.code], exitCodes.usage);
    if (values.output === undefined) io.out(Buffer.from(held.bytes).toString('utf8'));
    else {
      await writeFile(values.output, held.bytes, { mode: 0o600, flag: 'wx' });
      io.out(`What is held of ${held.sessions} sessions is in ${values.output}.`);
    }
    return exitCodes.ok;
  });
}

function certificate(args: string[], io: CommandIo): Promise<number> {
  const options = { workspace: one, output: one, json } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const sessionId = sessionIn(positionals);
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    const proof = await certifyDeletion(program, workspaceId, sessionId);
    if (!proof)
      throw new CommandFailure(
        'The workspace has no such session, or it was not erased; see "keeping status <session id>".',
      );
    const certificate = Buffer.from(proof.bytes).toString('utf8');
    const [signature, publicKey] = [proof.signature, proof.publicKey].map((bytes) =>
      Buffer.from(bytes).toString('base64'),
    );
    if (values.output === undefined) io.out(JSON.stringify({ certificate, signature, publicKey }, null, 2));
    else {
      await writeFile(values.output, proof.bytes, { flag: 'wx' });
      await writeFile(`${values.output}.sig`, proof.signature, { flag: 'wx' });
      io.out(
        `The certificate is in ${values.output}, its signature (Ed25519) in ${values.output}.sig; the seal's public key is ${publicKey}.`,
      );
    }
    return exitCodes.ok;
  });
}

function sessionIn(positionals: string[]): string {
  const [sessionId = '', ...others] = positionals;
  if (others.length > 0 || !isUuid(sessionId)) throw new CommandFailure('Give the id of one session.', exitCodes.usage);
  return sessionId;
}

function oneOf<Value extends string>(option: string, known: readonly Value[], given: string): Value {
  const found = known.find((value) => value === given);
  if (found === undefined) throw new CommandFailure(`${option} is one of ${known.join(', ')}.`, exitCodes.usage);
  return found;
}
