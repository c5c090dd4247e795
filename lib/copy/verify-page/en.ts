import type { VerifyWords } from '../verify-page.ts';
import { claimsEn, notProvedEn } from './verifier-en.ts';

export const verifyWordsEn: VerifyWords = {
  title: 'Check a dossier',
  lead: 'Choose the dossier of a signature (a .zip file). It is checked here, in your browser: the file is sent nowhere.',
  choose: 'Dossier file',
  drop: 'You can also drop the file here.',
  checking: 'Checking…',
  cannot:
    'This browser cannot check these signatures: it is too old, or this page did not come over https. Use a newer browser, or check offline as described below.',
  tooLarge: 'This file is larger than any dossier can be (64 MiB).',
  resultOf: 'Result for {file}',
  verdicts: {
    VALID: { title: 'Valid', text: 'Everything was checked and is right.' },
    VALID_INTERIM: {
      title: 'Valid so far',
      text: 'Everything that can be checked by now is right. The session, or its proof in the public log, is not complete yet; ask for the final dossier.',
    },
    TAMPERED: {
      title: 'Tampered with',
      text: 'Parts of this dossier contradict each other. It was changed after it was made, or was never whole.',
    },
    INVALID: {
      title: 'Not trusted',
      text: 'A signature or a time stamp is wrong, or is by somebody whom this portal does not name. It may be from another portal.',
    },
    INCOMPLETE: { title: 'Incomplete', text: 'Nothing is wrong, but something that is needed is missing.' },
    INPUT_ERROR: { title: 'Not a dossier', text: 'This file cannot be read as a dossier.' },
  },
  checksTitle: 'What was checked',
  results: { ok: 'Right', failed: 'Wrong', missing: 'Missing', skipped: 'Not checked' },
  claims: claimsEn,
  trustedFor: 'Whom you trust for this',
  trust: {
    nobody: 'nobody, it is computed from the file',
    log: "the log's keys",
    seal: "the portal's seal keys",
    time: 'the time-stamp authorities',
    witness: 'the witnesses',
  },
  notProved: notProvedEn,
  whom: {
    title: 'Whom you trust when you use this page',
    text: 'This page and the keys that it checks with come from the operator of this portal. Whoever must not depend on the operator checks offline, with a trust file received earlier and from elsewhere.',
    offline: 'Offline, in the folder where the dossier is:',
    withPython: 'with verify.py (Python 3 and openssl 3), but not the one out of the very dossier that you doubt',
    withAceite: 'or with this program on a computer of your own',
  },
  withoutScript: 'Checking in the browser needs JavaScript. Without it, the commands below do the same.',
};
