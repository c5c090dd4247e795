import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { keptMax } from './event-type.ts';
import { policyVersion } from './policy.ts';
import { classRules } from './retention.ts';
import { transitions } from './session-state.ts';
import { detailsVersionsMax } from './signer-detail.ts';

test('the version of the policy is raised with the rules that it stands for', () => {
  const rules = canonicalJson({ classRules, transitions, keptMax, detailsVersionsMax });
  const digest = createHash('sha256').update(rules).digest('hex').slice(0, 16);
  expect({ policyVersion, digest }).toEqual({ policyVersion: '1', digest: 'a442f3d0a23b3e25' });
});
