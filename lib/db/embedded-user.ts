import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedRefusal } from './embedded-refusal.ts';

/** Whom Postgres runs as. */
export type RunAs = { uid: number; gid: number };

const userName = 'aceite';

/** Programs that administer users live where an ordinary PATH may not look. Next's types demand NODE_ENV. */
const toolEnvironment = {
  PATH: '/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  NODE_ENV: 'production',
} as const;

const run = promisify(execFile);

/**
 * Postgres refuses to run as root: for root this is the unprivileged user `aceite`, made when missing. Undefined for anybody
 * else, who runs it as oneself.
 */
export async function unprivilegedUser(onProgress: (message: string) => void): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await findUser();
  if (found) return found;
  onProgress(`creating the user ${userName}, since Postgres refuses to run as root`);
  await createUser();
  const created = await findUser();
  if (created) return created;
  throw new EmbeddedRefusal(
    'no_user',
    `Postgres refuses to run as root, and the user ${userName} could not be created. Create it (useradd --system ${userName}), run the portal as an ordinary user, or set DATABASE_URL.`,
  );
}

async function findUser(): Promise<RunAs | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8');
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${userName}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Debian, Red Hat and their kin have useradd, Alpine has adduser; a failure shows as a user that is still not there. */
async function createUser(): Promise<void> {
  const useradd = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName];
  try {
    await run('useradd', useradd, { env: toolEnvironment });
  } catch {
    await run('adduser', ['-S', '-D', '-H', userName], { env: toolEnvironment }).catch(() => undefined);
  }
}
