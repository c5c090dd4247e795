import { expect, test } from 'vitest';
import { evidenceText } from './evidence-text.ts';

test.each([
  ['Maria E. S.', 'Maria E. S.'],
  [199, '199'],
  [false, 'false'],
  [['agreeContract', 'agreeMethod'], 'agreeContract, agreeMethod'],
  [[], ''],
  [{ value: 'Maria E. S.', editedBySigner: false }, 'value: Maria E. S.\neditedBySigner: false'],
  [[{ kind: 'submit', httpStatus: 500 }, { kind: 'query' }], 'kind: submit\nhttpStatus: 500\n\nkind: query'],
])('reads %j as %j', (value, text) => {
  expect(evidenceText(value)).toBe(text);
});
