import { parseArgs } from 'node:util';
import { isUuid } from '#lib/domain/uuid.ts';
import type { Program } from '#lib/program.ts';
import { type ClockDoubt, doubtOfClock } from '#lib/usecases/system/confirm-clock.ts';
import { type SessionKeeping, sessionKeeping, workspaceKeeping } from '#lib/usecases/system/keeping-status.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { withProgram } from './with-program.ts';

const options = { workspace: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** `keeping status`: of a workspace the figures and the requests that wait, of a session its classes, holds and tombstone. */
export function status(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [sessionId] = positionals;
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    const facts =
      sessionId === undefined ? await figures(program, workspaceId) : await session(program, workspaceId, sessionId);
    io.out(values.json ? JSON.stringify(facts.json, null, 2) : facts.text);
    return exitCodes.ok;
  });
}

/** Why nothing is erased, for people at the terminal. */
export const doubtWords: Record<ClockDoubt, string> = {
  no_time_stamp: 'no time-stamp authority has confirmed the clock yet.',
  clock_disagrees:
    "the newest time stamp and the database's clock are more than two days apart. Compare the clock, or wait for the next stamp.",
  time_stamp_untrue: 'the newest time stamp in the database is not one of a trusted authority. Audit the installation.',
};

type Facts = { json: object; text: string };

async function figures(program: Program, workspaceId: string): Promise<Facts> {
  const { next_end, waiting, ...counts } = await workspaceKeeping(program, workspaceId);
  const withheld = await doubtOfClock(program);
  const nextEnd = next_end?.toISOString();
  const open = waiting.map(({ requestId, askedAt, dueAt }) => ({
    requestId,
    askedAt: askedAt.toISOString(),
    dueAt: dueAt.toISOString(),
  }));
  const rows = Object.entries(counts).map(([name, count]) => [name, String(count)]);
  const requests = open.map(({ requestId, dueAt }) => ['request waits', `${requestId}, answer due ${dueAt}`]);
  const doubt = withheld ? [['erasing', `withheld: ${doubtWords[withheld]}`]] : [];
  const text = columns([['sessions', ''], ...rows, ['next end', nextEnd ?? 'none'], ...doubt, ...requests]);
  return { json: { ...counts, ...(nextEnd && { nextEnd }), ...(withheld && { withheld }), waiting: open }, text };
}

async function session(program: Program, workspaceId: string, sessionId: string): Promise<Facts> {
  const found = isUuid(sessionId) ? await sessionKeeping(program, workspaceId, sessionId) : undefined;
  if (!found) throw new CommandFailure(`The workspace has no session ${sessionId}.`);
  return { json: sessionJson(found), text: sessionText(found) };
}

function sessionJson({ classes, holds, tombstone }: SessionKeeping): object {
  return {
    classes,
    holds: holds.map(({ id, placed_by, placed_at, lifted_at }) => ({
      holdId: id,
      placedBy: placed_by,
      placedAt: placed_at,
      ...(lifted_at && { liftedAt: lifted_at }),
    })),
    ...(tombstone && { erasedAt: tombstone.erased_at, class: tombstone.class, rule: tombstone.rule }),
  };
}

function sessionText({ classes, holds, tombstone }: SessionKeeping): string {
  if (tombstone)
    return `Erased on ${tombstone.erased_at.toISOString()} under rule ${tombstone.class} (${tombstone.rule}).`;
  const rows = classes.map((entry) => [
    entry.class,
    entry.keepUntil?.toISOString() ?? 'not counted yet',
    entry.reason,
    entry.isHeld ? 'held' : '',
  ]);
  const held = holds.map(({ id, placed_at, lifted_at }) => [
    'hold',
    id,
    `since ${placed_at.toISOString()}`,
    lifted_at ? `lifted ${lifted_at.toISOString()}` : 'stands',
  ]);
  return columns([['class', 'kept until', 'counted from', ''], ...rows, ...held]);
}
