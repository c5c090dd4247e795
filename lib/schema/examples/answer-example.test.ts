import { describe, expect, test } from 'vitest';
import { errorCatalogue, errorCodes } from '#lib/domain/error-catalogue.ts';
import { errorGuide } from '#lib/domain/error-guide.ts';
import { apiLanguages, isFieldCode } from '#lib/domain/field-messages.ts';
import { problem } from '../problem.ts';
import { answerExample } from './answer-example.ts';
import { problemExample } from './problem-example.ts';

const docs = 'https://portal.example/docs';

describe.each(errorCodes)('%s', (code) => {
  test.each(apiLanguages)('has in %s a cause, a way out and an answer as the API writes it', (language) => {
    const { when, fix } = errorGuide[code];
    expect([when[language], fix[language]].every((sentence) => sentence.length > 15)).toBe(true);
    const shown = problem.parse(problemExample(code, docs, language));
    const { status, title, detail } = errorCatalogue[code];
    expect(shown).toMatchObject({
      code,
      status,
      title: title[language],
      detail: detail[language],
      type: `${docs}/errors/${code}`,
    });
    for (const { code: fieldCode, message } of shown.errors ?? []) {
      expect(isFieldCode(fieldCode), fieldCode).toBe(true);
      // A place that the message has and the example does not fill.
      expect(message).not.toMatch(/[{}?]/);
    }
    const [statusLine, type] = answerExample(code, docs, language).split('\n');
    expect(statusLine).toBe(`HTTP/1.1 ${status}`);
    expect(type).toMatch(code === 'client_address_untrusted' ? /text\/html/ : /application\/problem\+json/);
  });
});

test('an example bears an id as the portal makes them, and says once when to come back', () => {
  for (const code of errorCodes) {
    if (code === 'client_address_untrusted') continue;
    const shown = answerExample(code, docs, 'en');
    expect(shown, code).toMatch(/"requestId": "req_[A-Za-z0-9_-]{16}"/);
    expect(`${errorGuide[code].example}${shown}`.match(/Retry-After: \d/g) ?? [], code).toHaveLength(
      /^(?:rate_limited|idempotency_in_progress|temporarily_unavailable)$/.test(code) ? 1 : 0,
    );
  }
});

test('an answer that a browser gets is no problem+json, all others are', () => {
  const pages = errorCodes.filter((code) => !answerExample(code, docs, 'en').includes(`"code": "${code}"`));
  expect(pages).toEqual(['client_address_untrusted']);
});
