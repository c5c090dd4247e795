import { objectionCopy } from '#lib/copy/dashboard-objection.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import { objectionWords } from '#lib/copy/objection.ts';
import { paths } from '#lib/paths.ts';
import { expectNoAxeViolation } from './accessible.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';
import { mariaOnFile, Signer } from './signer.ts';
import { Staff } from './staff.ts';

const merchantName = 'Loja Exemplo';
/** What every confirmation says before the moment, whatever the moment is. */
const received = (language: Signer['language'], act: 'withdraw' | 'dispute') =>
  objectionWords[language].acts[act].received('…').split('…')[0]?.trim() ?? '';

for (const [language, staffLanguage] of [
  ['pt-BR', 'pt-BR'],
  ['sv', 'en'],
] as const) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`in ${language}, scripts ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled, locale: staffLanguage });

      test('whoever signed withdraws where they signed, sees at once that it was received, and the shop reads why', async ({
        merchant,
        page,
        accountOf,
      }) => {
        const signer = new Signer(page, language);
        const words = objectionWords[language].acts.withdraw;
        const session = await merchant.createsSession({ language, signerDetails: mariaOnFile });
        await signer.accepts(session);
        await expect(page.getByText(received(language, 'withdraw'))).toHaveCount(0);
        await signer.objects('withdraw', 'Mudei de ideia.\nNão uso mais.');
        await expect(page.getByText(received(language, 'withdraw'))).toBeVisible();
        await expect(page.getByText(words.next(merchantName))).toBeVisible();
        await signer.isOn('receipt');
        await expect(page.locator('summary').filter({ hasText: words.open })).toHaveCount(0);
        expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'COMPLETED' });
        const stillOpen = page.getByRole('heading', { name: objectionWords[language].titles.dispute, exact: true });
        await expect(stillOpen).toBeVisible();
        await signer.objects('dispute');
        await expect(page.getByText(received(language, 'dispute'))).toBeVisible();
        await expect(stillOpen).toHaveCount(0);

        const staff = new Staff(page, staffLanguage);
        await staff.isSignedIn(await accountOf('operator'));
        await staff.opensSession(session.signingSessionId);
        const { said, noReason } = objectionCopy[staffLanguage];
        await expect(page.getByText(said.withdraw.accepter)).toBeVisible();
        await expect(page.getByText(said.dispute.accepter)).toBeVisible();
        await expect(page.getByText(noReason)).toBeVisible();
        const story = staff.section(staff.words.session.timeline).getByRole('listitem');
        const entry = story.filter({ hasText: eventName(staffLanguage, 'withdrawal_requested') });
        await expect(entry).toContainText('Mudei de ideia.');
        if (javaScriptEnabled) await expectNoAxeViolation(page, 'the session page with objections');
      });
    });
  }
}

test('somebody else with the link says that it was not them, and is told how whoever signed withdraws', async ({
  merchant,
  signer,
  page,
  accountOf,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await signer.opens(session);
  const words = objectionWords['pt-BR'];
  await expect(page.locator('summary').filter({ hasText: words.acts.withdraw.open })).toHaveCount(0);
  await expect(page.getByText(words.elsewhere(merchantName))).toBeVisible();
  await signer.objects('dispute', 'Não conheço esta loja');
  await expect(page.getByText(received('pt-BR', 'dispute'))).toBeVisible();
  // Whoever signed may be the next to open the link elsewhere.
  await expect(page.getByText(words.elsewhere(merchantName))).toBeVisible();

  const staff = new Staff(page);
  await staff.isSignedIn(await accountOf('viewer'));
  await staff.opensSession(session.signingSessionId);
  const copy = objectionCopy['pt-BR'];
  await expect(page.getByText(copy.said.dispute.other_holder)).toBeVisible();
  await expect(page.getByText(copy.reasonHidden)).toBeVisible();
  await expect(page.getByText('Não conheço esta loja')).toHaveCount(0);
});

test('a form that is sent twice says it once, and one without anything signed leads to the contract', async ({
  merchant,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  const signer = await HttpSigner.opens(session);
  const { sessionId } = signer;
  await signer.posts('begin', {});
  expect((await signer.posts('withdraw', { reason: 'Cedo' })).location).toBe(paths.sign(sessionId, 'review'));
  await signer.accepts(await signer.readsOffer());
  const answers = await Promise.all([1, 2].map((time) => signer.posts('withdraw', { reason: `${time}` })));
  for (const answer of answers) expect(answer).toEqual({ status: 303, location: paths.sign(sessionId, 'receipt') });
  const { events } = await merchant.readsEvidence(sessionId);
  expect(events.filter(({ type }) => type === 'withdrawal_requested')).toHaveLength(1);
});
