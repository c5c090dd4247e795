import type { Config } from '#lib/config.ts';
import { listOwnLenders, type OwnLender } from '#lib/usecases/system/list-own-lenders.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import { askLender } from './ask-lender.ts';
import { type Check, type Examined, type Finding, failed, notChecked, ok, withTables, worstOf } from './check.ts';

/** All are asked at a time: more would be a crowd at one lender's door, and as many answers as nobody reads. */
const askedMax = 20;

export const workspaceLenderChecks: readonly Check[] = [
  { id: 'workspace-lenders', title: 'Lenders of workspaces', run: withTables(judgeOwnLenders) },
];

/** Where workspaces have contracts of their own with the lender, each distinct one is asked as the installation's is. */
async function judgeOwnLenders({ db, config }: Examined): Promise<Finding> {
  const keys = keyringOf(config);
  if (!keys)
    return notChecked('Without its key file no settings of a workspace open.', 'Mend what "Key file" names first.');
  const { lenders, unopened } = await listOwnLenders({ db, keys });
  if (lenders.length === 0 && unopened.length === 0)
    return ok("Every workspace uses the installation's settings for the lender.");
  const findings = await Promise.all(lenders.slice(0, askedMax).map(judgeOwn));
  return (
    worstOf([...findings, ...unopened.map(notOpened), ...notAsked(lenders.slice(askedMax))]) ??
    ok(`Lenders under settings of workspaces that accept our credentials: ${lenders.length}.`)
  );
}

/** What is wrong with the file another check says. */
function keyringOf({ keysFile }: Config) {
  try {
    return createKeyring(readKeyFile(keysFile));
  } catch {
    return undefined;
  }
}

async function judgeOwn({ workspaces, settings }: OwnLender): Promise<Finding> {
  const ours = workspaces.map((name) => JSON.stringify(name));
  const change = `npm run aceite -- workspace lender set --workspace ${ours[0]}`;
  const who = `The lender at ${new URL(settings.baseUrl).host} under the settings of ${ours.join(', ')}`;
  const asking = askLender(settings, {
    who,
    publicKey: '--lender-public-key-file',
    mend: {
      away: `Look whether --base-url is right (${change}), the way to it is open, and the lender has no outage.`,
      refused: `Compare --api-client-key-file, --auth-scheme and --empty-payload with what the lender told ${ours[0]}, and whether it has the public half of --private-key-file: ${change}`,
      unsigned: `Ask the lender for its present public key and set it: ${change} --lender-public-key-file <file>`,
    },
  });
  // What a key says of itself when it is none is not for printing.
  return asking.catch(() =>
    failed(`${who} could not be asked: with these keys no request can be made.`, `Set them anew: ${change}`),
  );
}

function notOpened(workspace: string): Finding {
  const name = JSON.stringify(workspace);
  return failed(
    `The key file does not open the settings of ${name} for the lender.`,
    `Put the key file back that sealed them, or set them anew: npm run aceite -- workspace lender set --workspace ${name}`,
  );
}

function notAsked(lenders: readonly OwnLender[]): Finding[] {
  if (lenders.length === 0) return [];
  const workspaces = lenders.flatMap(({ workspaces: names }) => names).map((name) => JSON.stringify(name));
  return [
    notChecked(
      `No more than ${askedMax} lenders are asked at a time, so those of ${workspaces.join(', ')} were not.`,
      'Look on the dashboard whether their deliveries arrive.',
    ),
  ];
}
