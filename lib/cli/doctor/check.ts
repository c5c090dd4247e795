import type pg from 'pg';
import type { Config } from '#lib/config.ts';
import type { Database } from '#lib/db/database.ts';

/** `whatToDo`: one sentence per thing, each an act of a person. */
export type Finding =
  | { status: 'ok'; sentence: string }
  | { status: 'warning' | 'failed' | 'not_checked'; sentence: string; whatToDo: readonly string[] };

/** What can be wrong with an installation, told by itself. It looks and changes nothing; what it throws counts as a failure. */
export type Check = { id: string; title: string; run(installation: Installation): Finding | Promise<Finding> };

/** The installation as far as it could be reached. */
export type Installation = {
  settings: { ok: true; config: Config } | { ok: false; problems: string[] };
  database: Reached;
};

export type Reached = { ok: true; examined: Examined } | { ok: false; sentence: string; whatToDo: string[] };

export type Examined = {
  config: Config & { databaseUrl: string };
  /** The portal's connection without any setting of ours, as the server has them. */
  client: pg.Client;
  db: Database;
  pending: string[];
  /** Made in sandbox mode, where the clock can be moved. */
  isMovable: boolean;
};

export const ok = (sentence: string): Finding => ({ status: 'ok', sentence });
export const warning = (sentence: string, ...whatToDo: string[]): Finding => ({
  status: 'warning',
  sentence,
  whatToDo,
});
export const failed = (sentence: string, ...whatToDo: string[]): Finding => ({ status: 'failed', sentence, whatToDo });
export const notChecked = (sentence: string, ...whatToDo: string[]): Finding => ({
  status: 'not_checked',
  sentence,
  whatToDo,
});

/** Several of one kind are one check: the worst status, and all that there is to say. Undefined when all are well. */
export function worstOf(findings: readonly Finding[]): Finding | undefined {
  const ill = findings.filter((finding) => finding.status !== 'ok');
  if (ill.length === 0) return undefined;
  const status = ill.some((finding) => finding.status === 'failed') ? 'failed' : 'warning';
  return {
    status,
    sentence: ill.map(({ sentence }) => sentence).join(' '),
    whatToDo: [...new Set(ill.flatMap(({ whatToDo }) => whatToDo))],
  };
}

type Answer = Finding | Promise<Finding>;

/** What every check says that needs the settings, while they cannot be read. */
export const settingsUnread = notChecked(
  'The settings could not be read.',
  'Mend what "Settings" names, then ask again.',
);

/** For checks that need to know the settings. */
export function withSettings(run: (config: Config, installation: Installation) => Answer): Check['run'] {
  return (installation) => {
    if (installation.settings.ok) return run(installation.settings.config, installation);
    return settingsUnread;
  };
}

/** For checks that ask the server itself, whatever is in it. */
export function withServer(run: (examined: Examined) => Answer): Check['run'] {
  return withSettings((_config, { database }) => {
    if (database.ok) return run(database.examined);
    return notChecked('The database could not be asked.', 'Mend what "Database" names, then ask again.');
  });
}

/** For checks that read the portal's own tables. */
export function withTables(run: (examined: Examined) => Answer): Check['run'] {
  return withServer((examined) => {
    const { pending, isMovable, config } = examined;
    if (pending.length === 0 && isMovable === (config.mode === 'sandbox')) return run(examined);
    return notChecked(
      'The tables are not those of this version and mode.',
      'Mend what "Migrations" names, then ask again.',
    );
  });
}
