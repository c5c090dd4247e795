import type { Source } from './source.ts';

/**
 * What may not stand in the repository, as data. `nodes` are syntax types of `source.ts`, `text` is tested on the node's own
 * text, `where` says which files are meant.
 */
export type Forbidden = {
  promise: string;
  nodes: string[];
  text: RegExp;
  where(path: string): boolean;
  unless?(text: string, source: Source): boolean;
  why: string;
  mend: string;
};

const everywhere = () => true;
const inside =
  (pattern: RegExp, except = /^$/) =>
  (path: string) =>
    pattern.test(path) && !except.test(path);

const tests = /\.(?:test|spec)\.tsx?$|^e2e\//;
const product = /^(?:app|components|lib|instrumentation\.ts)/;
const tools = /^lib\/(?:cli|testing)\/|\.test\.tsx?$/;
const checksItself = /^lib\/testing\/tidy\//;

export const forbidden: Forbidden[] = [
  // Leftovers of work.
  {
    promise: 'prints nothing outside the command line',
    nodes: ['MemberExpression'],
    text: /^console\.\w+$/,
    where: inside(/./, /^lib\/cli\//),
    why: 'writes to the console, past the redaction of the log.',
    mend: 'Remove it, or use the log of the program.',
  },
  {
    promise: 'holds no debugger statement',
    nodes: ['DebuggerStatement'],
    text: /./,
    where: everywhere,
    why: 'stops whoever runs this with tools open.',
    mend: 'Remove it.',
  },
  {
    promise: 'runs all of its tests',
    nodes: ['MemberExpression'],
    text: /^(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|skipIf|fixme|todo|fails)$/,
    where: everywhere,
    why: 'is a test that is focused, skipped or expected to fail, so a promise is not checked.',
    mend: 'Mend the test, or delete it with its promise.',
  },
  {
    promise: 'leaves no work for later in comments',
    nodes: ['Comment'],
    text: /\b(?:TO[D]O|FIX[M]E|HAC[K]|XX[X])\b/,
    where: everywhere,
    why: 'postpones work where nobody will look for it.',
    mend: 'Do it now, or write it down where work is planned.',
  },
  {
    promise: 'speaks of reasons, not of issue numbers',
    nodes: ['Comment'],
    text: /\bissues? #?\d+/i,
    where: everywhere,
    why: 'sends the reader elsewhere for the reason.',
    mend: 'Write the reason itself.',
  },
  {
    promise: 'waits for the thing itself, never for a time',
    nodes: ['CallExpression'],
    text: /^(?:[\w.]+\.waitForTimeout\(|setTimeout\(\s*(?:r|res|resolve|done|ok|fulfil)\b)/,
    where: everywhere,
    why: 'waits a fixed time: too short on a slow day, too long on all others.',
    mend: 'Wait for what is expected; where a pause is the point, use node:timers/promises with an AbortSignal.',
  },
  {
    promise: 'has no sleeping test',
    nodes: ['ImportDeclaration', 'ImportExpression'],
    text: /['"]node:timers\/promises['"]/,
    where: inside(tests, /^lib\/testing\/(?!.*\.test\.)/),
    why: 'brings a sleep into a test.',
    mend: 'Wait for the thing itself, or move the clock.',
  },
  {
    promise: 'names no path of the machine that it was written on',
    nodes: ['Line'],
    text: /(?:^|[\s'"`(=])(?:\/(?:home|Users|work|root)\/|[A-Z]:\\Users\\)\w/,
    where: everywhere,
    why: "is a path of somebody's machine.",
    mend: 'Start from import.meta.url, the data folder or the temporary folder.',
  },
  {
    promise: 'names no registry in the lock file',
    nodes: ['Line'],
    text: /"resolved": "https?:/,
    where: inside(/^package-lock\.json$/),
    why: 'ties the installation to one registry.',
    mend: 'Install with omit-lockfile-registry-resolved=true, as .npmrc says.',
  },

  // One place for each thing.
  {
    promise: 'reads the environment in one place',
    nodes: ['MemberExpression', 'ImportDeclaration', 'VariableDeclarator'],
    text: /^process\.env$|^\{[^}]*\benv\b[^}]*\}\s*=\s*process$|^import\b.*\benv\b.*['"](?:node:)?process['"]/s,
    where: inside(/./, /^lib\/config(?:\.ts|\/)|^lib\/cli\/boot\.mjs$/),
    unless: (_text, { path, text }) => path === 'instrumentation.ts' && !/process\.env(?!\.NEXT_RUNTIME\b)/.test(text),
    why: 'reads the environment unchecked.',
    mend: 'Add the setting to lib/config.ts and take it as an argument.',
  },
  {
    promise: 'opens transactions in use cases only',
    nodes: ['CallExpression'],
    text: /^[\w.]+\.transaction\(/,
    where: inside(/^(?:app|components|lib)\//, /^lib\/(?:usecases|auth|cli|testing)\/|\.test\.tsx?$/),
    why: 'opens a transaction: what we told the signer and what we tell the lender could part ways.',
    mend: 'Do it in a use case; take the open transaction as an argument here.',
  },
  {
    promise: 'knows web requests in lib/http and lib/auth only',
    nodes: ['TSTypeReference', 'NewExpression'],
    text: /^(?:new )?(?:Next)?(?:Request|Response)\b(?!\w)/,
    where: inside(/^lib\//, /^lib\/(?:http|auth|cli|testing)\/|\.test\.tsx?$/),
    why: 'brings the web into the rules.',
    mend: 'Take the values that are needed as arguments; lib/http reads them from the request.',
  },
  {
    promise: 'asks the database for the time by aceite_now() alone',
    nodes: ['SqlLine', 'Literal', 'TemplateLiteral'],
    text: /\b(?:now\s*\(\s*\)|CURRENT_(?:TIMESTAMP|DATE|TIME)\b|LOCALTIME(?:STAMP)?\b|(?:clock|statement|transaction)_timestamp\b)/i,
    where: inside(/^lib\/.*\.(?:sql|ts)$/, checksItself),
    unless: (text, source) =>
      (!source.path.endsWith('.sql') && !/\b(?:select|insert|update|delete|values|where|set|default)\b/i.test(text)) ||
      // Whoever defines aceite_now() needs a clock under it, and the journal of migrations is older than aceite_now().
      (/clock_timestamp/i.test(text) && /FUNCTION\s+(?:\w+\.)?aceite_now\b/i.test(source.text)) ||
      /\bTABLE IF NOT EXISTS schema_migrations\b/.test(text),
    why: 'asks a clock that sandbox and tests cannot move.',
    mend: 'Write aceite_now().',
  },
  {
    promise: 'keeps clocks and chance out of the pure rules',
    nodes: ['NewExpression', 'CallExpression'],
    text: /^(?:new Date\(\s*\)|Date\.now\(|performance\.now\(|crypto\.|randomBytes\(|randomUUID\()/,
    where: inside(/^lib\/(?:domain|format|copy|schema|evidence)\//, /\.test\.tsx?$/),
    why: 'takes time or chance from the air, so that nobody can compute this again in four years.',
    mend: 'Take it as an argument.',
  },

  // What we do without.
  {
    promise: 'draws chance from the system only',
    nodes: ['MemberExpression'],
    text: /^Math\.random$/,
    where: everywhere,
    why: 'can be guessed.',
    mend: 'Use randomBytes or randomInt of node:crypto.',
  },
  {
    promise: 'makes secrets from 32 random bytes',
    nodes: ['VariableDeclarator', 'Property', 'AssignmentExpression'],
    text: /^\S*(?:secret|token|key|password|nonce)['"]?\s*[:=][^;{]*\brandomUUID\(/i,
    where: inside(product, tools),
    why: 'makes a secret of a UUID: an identifier, six bits of it fixed, that logs may show.',
    mend: 'Use randomBytes(32).',
  },
  {
    promise: 'asks other hosts through node:https',
    nodes: ['CallExpression'],
    text: /^(?:globalThis\.)?fetch\(/,
    where: inside(/^lib\//, tools),
    why: 'decodes compressed replies, follows redirects and has no size limit.',
    mend: 'Use node:https with Accept-Encoding: identity, a size cap and a time limit, as the lender client does.',
  },
  {
    promise: 'checks every certificate',
    nodes: ['Property'],
    text: /^['"]?rejectUnauthorized['"]?\s*:\s*false/,
    where: everywhere,
    why: 'speaks to anybody who answers.',
    mend: 'Give the authority that is trusted as `ca`.',
  },
  {
    promise: 'writes no raw HTML',
    nodes: ['JSXAttribute', 'Property'],
    text: /^['"]?dangerouslySetInnerHTML\b/,
    where: everywhere,
    why: 'lets text become markup; a contract is text.',
    mend: 'Render it as children.',
  },
  {
    promise: 'has no server action',
    nodes: ['ExpressionStatement'],
    text: /^['"]use server['"]/,
    where: everywhere,
    why: 'opens a second door past the checks of lib/http.',
    mend: 'Post a form to a route handler.',
  },
  {
    promise: 'does without the image optimiser',
    nodes: ['ImportDeclaration'],
    text: /['"]next\/image['"]/,
    where: everywhere,
    why: 'opens an optimiser that fetches what it is told to.',
    mend: 'Use <img> with width and height.',
  },
  {
    promise: 'loads signer pages as plain documents',
    nodes: ['ImportDeclaration'],
    text: /['"]next\/link['"]/,
    where: inside(/^(?:app\/(?:s|sign|return|verify)\/|components\/(?:signing|ui|form)\/|app\/[^/]+$)/),
    why: 'costs the signer bytes, and a soft navigation shows other text than the server sent.',
    mend: 'Use <a href>.',
  },
  {
    promise: 'opens each migration with its reason',
    nodes: ['File'],
    text: /^(?!--)/,
    where: inside(/^lib\/db\/migrations\/.*\.sql$/),
    why: 'does not say why this migration exists and what must stay true.',
    mend: 'Begin the file with a paragraph of -- lines.',
  },
];
