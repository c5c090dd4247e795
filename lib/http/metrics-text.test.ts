import { expect, test } from 'vitest';
import { metricsText } from './metrics-text.ts';
import { countNotice } from './notice-traffic.ts';
import { countAnswer } from './traffic.ts';

test('tells answers by class and open deliveries by status, in the form that Prometheus reads', () => {
  countAnswer({ route: 'sign_page', method: 'GET', status: 200 });
  countAnswer({ route: 'sign_page', method: 'GET', status: 200 });
  countAnswer({ route: 'other', method: 'BREW"\n', status: 405 });
  countNotice('refused');
  const text = metricsText({
    deliveries: [{ status: 'AMBIGUOUS', howMany: 2, oldestSeconds: 61.4 }],
    lender: { alarms: [{ alarm: 'undelivered', howMany: 3 }], breakers: { open: 1, failedRecently: 12 } },
    stamps: [{ authority: 'sandbox-a', pending: 3, oldestSeconds: 3_600.2 }],
    log: { waitingSeconds: 1.2, mergeDelaySeconds: 640.4, hasRefused: true },
    notices: { unworked: 4, oldestSeconds: 12.4 },
    drill: { checked: 20, failed: 1, ageSeconds: 7_200.4 },
    backup: { ageSeconds: 90_000.4, logSize: 120, logSizeNow: 150 },
  });
  expect(text).toContain('aceite_http_answers_total{route="sign_page",method="GET",status="200"} 2\n');
  expect(text).toContain('aceite_http_answers_total{route="other",method="other",status="405"} 1\n');
  expect(text).toContain('aceite_deliveries_open{status="AMBIGUOUS"} 2\n');
  expect(text).toContain('aceite_delivery_oldest_seconds{status="AMBIGUOUS"} 61\n');
  expect(text).toContain('aceite_delivery_alarms{alarm="undelivered"} 3\n');
  expect(text).toContain('aceite_lender_breakers_open 1\n');
  expect(text).toContain('aceite_lender_calls_failed_recently 12\n');
  expect(text).toContain('aceite_time_stamps_pending{authority="sandbox-a"} 3\n');
  expect(text).toContain('aceite_time_stamp_oldest_seconds{authority="sandbox-a"} 3600\n');
  expect(text).toContain('aceite_log_waiting_seconds 1\n');
  expect(text).toContain('aceite_log_merge_delay_seconds 640\n');
  expect(text).toContain('aceite_log_signer_refused 1\n');
  expect(text).toContain('aceite_drill_checked 20\n');
  expect(text).toContain('aceite_drill_failed 1\n');
  expect(text).toContain('aceite_drill_age_seconds 7200\n');
  expect(text).toContain('aceite_backup_age_seconds 90000\n');
  expect(text).toContain('aceite_backup_log_entries_missing 30\n');
  expect(text).toContain('aceite_lender_notices_unworked 4\n');
  expect(text).toContain('aceite_lender_notices_unworked_oldest_seconds 12\n');
  expect(text).toContain('aceite_lender_notices_total{result="refused"} 1\n');
  expect(text).toContain('aceite_lender_notices_total{result="kept"} 0\n');
  expect(text).toContain('aceite_database_up 1\n');
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(?:# (?:HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(?:\{[a-z]+="[A-Za-z0-9_-]+"(?:,[a-z]+="[A-Za-z0-9_-]+")*\})? [0-9.e-]+|[a-z0-9_]+ NaN)$/,
    );
  }
});

test('without the database it still tells of the process, and that the database is away', () => {
  const text = metricsText(undefined);
  expect(text).toContain('aceite_database_up 0\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).not.toContain('aceite_deliveries_open');
});
