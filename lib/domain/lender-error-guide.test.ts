import { expect, test } from 'vitest';
import { alarmByReason } from './delivery-alarm.ts';
import { lenderErrorAdvice } from './lender-error-guide.ts';

test.each([
  ['LEG000069', /QITECH_SIGNATURE_TYPE/],
  ['LEG000073', /new debt/],
  ['GDF000003', /proxy/],
  ['GDF000014', /QITECH_PRIVATE_KEY_FILE/],
  ['GDF000018', /QITECH_API_CLIENT_KEY/],
])('the documented code %s is explained, and says what to do', (code, act) => {
  const advice = lenderErrorAdvice(code, 'status_400');
  expect(advice?.act.en).toMatch(act);
  for (const sentence of [advice?.means['pt-BR'], advice?.means.en, advice?.act['pt-BR'], advice?.act.en])
    expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
});

test('an answer without a code is explained by its reason, and one that says all itself by nothing', () => {
  expect(lenderErrorAdvice(undefined, 'redirected')?.act.en).toMatch(/QITECH_BASE_URL/);
  expect(lenderErrorAdvice('SBX000404', 'status_404')?.act.en).toMatch(/key/);
  expect(lenderErrorAdvice('toString', 'constructor')).toBeUndefined();
  expect(lenderErrorAdvice(undefined, 'status_500')).toBeUndefined();
});

test.each(Object.keys(alarmByReason))('%s, which calls somebody, says what that person can do', (reason) => {
  const advice = lenderErrorAdvice(undefined, reason);
  for (const sentence of [advice?.means['pt-BR'], advice?.means.en, advice?.act['pt-BR'], advice?.act.en])
    expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
});
