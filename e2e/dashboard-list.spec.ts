import type { SessionView } from '#lib/schema/session.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';
import { mariaOnFile } from './signer.ts';

/** A CPF with valid check digits that no other session of this run has. */
function newCpf(): string {
  const base = String(crypto.getRandomValues(new Uint32Array(1))[0])
    .padStart(9, '7')
    .slice(-9);
  const digit = (digits: string) => {
    const sum = [...digits].reduce((total, one, index) => total + Number(one) * (digits.length + 1 - index), 0);
    return ((sum * 10) % 11) % 10;
  };
  const first = digit(base);
  return `${base}${first}${digit(`${base}${first}`)}`;
}
const written = (cpf: string) => cpf.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4');

// The list shows the newest: sessions that other tests make meanwhile would push these off its first page.
test.use({ hasOwnWorkspace: true });

test.beforeEach(async ({ staff, accountOf }) => {
  await staff.isSignedIn(await accountOf('viewer'));
  await staff.opensList();
});

test('the list shows status, masked person, order and delivery of the newest sessions', async ({
  merchant,
  staff,
  page,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await merchant.waitsForDelivery(session.signingSessionId, 'DELIVERED');
  await page.reload();
  const row = staff.row(session.orderId);
  await expect(row).toContainText(staff.words.status.COMPLETED);
  await expect(row).toContainText(staff.words.delivery.DELIVERED);
  await expect(row.getByRole('rowheader')).toContainText('***.982.247-**');
  await expect(row).not.toContainText(mariaOnFile.name);
});

test('each status filter shows its own sessions and no others', async ({ merchant, staff, page }) => {
  const waiting = await merchant.createsSession();
  const begun = await merchant.createsSession();
  await (await HttpSigner.opens(begun)).posts('begin', {});
  const signed = await merchant.createsSession();
  await HttpSigner.signs(signed);
  const declined = await merchant.createsSession();
  await (await HttpSigner.opens(declined)).posts('decline', {});
  const cancelled = await merchant.createsSession();
  await merchant.cancels(cancelled.signingSessionId);
  const expected = {
    PENDING: waiting,
    IN_PROGRESS: begun,
    COMPLETED: signed,
    FAILED: declined,
    CANCELLED: cancelled,
  } as const;
  for (const [status, session] of Object.entries(expected)) {
    await staff.filters(status as keyof typeof expected);
    await expect(staff.row(session.orderId)).toHaveCount(1);
    for (const other of Object.values(expected).filter((one) => one !== session)) {
      await expect(staff.row(other.orderId)).toHaveCount(0);
    }
  }
  await page.goto('/dashboard/sessions?status=NONSENSE');
  await expect(staff.row(waiting.orderId)).toHaveCount(1);
});

test('pages lead to older sessions and back, each session once', async ({ merchant, staff, page }) => {
  const orderId = `cheio-${crypto.randomUUID().slice(0, 8)}`;
  // Cancelled sessions, so that the page stands still while other tests create theirs.
  for (let count = 0; count < 52; count += 1) {
    await merchant.cancels((await merchant.createsSession({ orderId })).signingSessionId);
  }
  await staff.filters('CANCELLED');
  const newest = await staff.idsOnPage();
  await expect(staff.neighbour('newer')).toHaveCount(0);
  await staff.neighbour('older').click();
  await page.waitForURL(/before=/);
  const older = await staff.idsOnPage();
  expect([newest.length, older.length]).toEqual([25, 25]);
  expect(older.filter((id) => newest.includes(id))).toEqual([]);
  await staff.neighbour('newer').click();
  await page.waitForURL(/after=/);
  expect(await staff.idsOnPage()).toEqual(newest);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('any one key of a session leads straight to it', async ({ merchant, staff }) => {
      const identity = newCpf();
      const session = await merchant.createsSession({ signerDetails: { ...mariaOnFile, identity } });
      await HttpSigner.signs(session);
      const { receiptCode } = (await merchant.reads(session.signingSessionId)) as SessionView & { receiptCode: string };
      const keys = {
        'session id': session.signingSessionId,
        order: session.orderId,
        'debt key': session.debtKey,
        'receipt code': receiptCode,
        'receipt code as spoken': receiptCode.toLowerCase().replaceAll('-', ' '),
        'CPF as written': written(identity),
        'bare CPF': identity,
        'CPF with a blank pasted along': ` ${identity} `,
      };
      for (const [name, key] of Object.entries(keys)) {
        await test.step(`by ${name}`, async () => {
          await staff.searches(key ?? '');
          await expect(staff.fact(staff.words.session.id)).toHaveText(session.signingSessionId);
        });
      }
    });

    test('a key of several sessions lists them; one of none says so and leads back', async ({
      merchant,
      staff,
      page,
    }) => {
      const identity = newCpf();
      const both = [
        await merchant.createsSession({ signerDetails: { identity } }),
        await merchant.createsSession({ signerDetails: { identity } }),
      ];
      await merchant.createsSession({ signerDetails: { identity: newCpf() } });
      await staff.searches(written(identity));
      expect(await staff.idsOnPage()).toEqual(both.map(({ signingSessionId }) => signingSessionId).toReversed());
      await staff.searches(newCpf());
      await expect(page.getByText(staff.words.list.noMatch)).toBeVisible();
      await page.getByRole('link', { name: staff.words.list.clear }).click();
      await expect(staff.row(both[0]?.orderId ?? '-')).toHaveCount(1);
    });
  });
}

test('what somebody searches by stands in no address', async ({ merchant, staff, page }) => {
  const identity = newCpf();
  for (const _ of [1, 2]) await merchant.createsSession({ signerDetails: { identity } });
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
  await staff.searches(written(identity));
  expect(await staff.idsOnPage()).toHaveLength(2);
  await staff.filters('COMPLETED');
  await expect(page.getByRole('searchbox')).toHaveValue(written(identity));
  await expect(page.getByText(staff.words.list.noMatch)).toBeVisible();
  const digits = addresses.map((address) => decodeURIComponent(address).replaceAll(/[.-]/g, ''));
  expect(digits.filter((address) => address.includes(identity))).toEqual([]);
});

test('an open list shows what others do, without a reload', async ({ merchant, staff, page }) => {
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  const session = await merchant.createsSession();
  const row = staff.row(session.orderId);
  await expect(row).toContainText(staff.words.status.PENDING);
  await HttpSigner.signs(session);
  await expect(row).toContainText(staff.words.status.COMPLETED);
  await merchant.waitsForDelivery(session.signingSessionId, 'DELIVERED');
  await expect(row).toContainText(staff.words.delivery.DELIVERED);
  expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true);
});
