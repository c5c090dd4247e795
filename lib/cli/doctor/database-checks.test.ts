import { expect, test } from 'vitest';
import { wallFinding } from './database-checks.ts';

const good = { login: 'aceite_login', hasRoles: true, seesPast: false, ownsTables: false, withoutRoles: [] };

test.each([
  ['as it should be', {}, [], 'ok', /stand as the migrations made them/],
  ['without roles, where the server forbids them', { hasRoles: false }, [], 'warning', /second wall is missing/],
  ['entered as the owner', { ownsTables: true }, [], 'warning', /owner of the tables/],
  ['entered by a login that sees past it', { seesPast: true }, [], 'failed', /not kept from the others/],
  ['whose roles the login may not take', { withoutRoles: ['aceite_worker'] }, [], 'failed', /not kept from the others/],
  ['with seven other rules', {}, [...'abcdefg'], 'failed', /: a; b; c; d; e and 2 more\.$/],
])('the second wall %s', (_, standing, altered, status, sentence) => {
  const finding = wallFinding({ ...good, ...standing }, altered);
  expect(finding).toMatchObject({ status, sentence: expect.stringMatching(sentence) });
  if (finding.status !== 'ok') expect(finding.whatToDo[0]).toMatch(/Set|Let|Run:|run:/);
});
