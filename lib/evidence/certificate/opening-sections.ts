import { codeWords } from '#lib/copy/certificate.ts';
import type { CertificatePart } from '#lib/copy/certificate-words.ts';
import { fill } from '#lib/copy/language.ts';
import { formatIdentity } from '#lib/domain/identity.ts';
import { formatBrazilianPhone } from '#lib/domain/phone.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';
import { groupHash } from '#lib/format/hash.ts';
import type { CertificateBlock, CertificateInput } from './certificate-model.ts';
import { type CertificateRow, knownValue, type RowWriter } from './certificate-rows.ts';

type Opening = Extract<CertificatePart, 'identification' | 'parties' | 'document' | 'act' | 'identity' | 'network'>;

/** Parts 1 to 6: who, which text, what was seen and done, how the person and the connection are known. */
export function openingSections(given: CertificateInput, write: RowWriter): Record<Opening, CertificateBlock[]> {
  return {
    identification: [rows(identificationRows(given, write))],
    parties: [rows(partyRows(given, write))],
    document: [rows(documentRows(given, write)), { kind: 'paragraph', text: write.words.fullText }],
    act: [rows(actRows(given, write))],
    identity: [rows(identityRows(given, write))],
    network: [rows(networkRows(given, write))],
  };
}

const rows = (list: CertificateRow[]): CertificateBlock => ({ kind: 'rows', rows: list });

function identificationRows({ evidence, receiptCode, verifyUrl }: CertificateInput, write: RowWriter) {
  const { statuses } = write.words;
  return [
    write.text('status', evidence.transaction.status, (status) => codeWords(statuses, status)),
    write.own('sessionId', evidence.signingSessionId),
    ...(receiptCode === undefined ? [] : [write.own('receiptCode', receiptCode)]),
    write.bare('verifyAddress', verifyUrl),
    write.text('orderId', evidence.transaction.orderId),
    write.text('debtKey', evidence.transaction.debtKey),
  ];
}

function partyRows({ evidence, audience }: CertificateInput, write: RowWriter) {
  const { transaction, signer } = evidence;
  return [
    write.text('merchant', transaction.merchantLegalName),
    write.text('lender', transaction.lenderLegalName),
    partyRow(write, 'signer', signer.name, 'name', audience),
    partyRow(write, 'identity', signer.identity, 'identity', audience),
  ];
}

/** How it was checked stands with the other signs of identity. */
function partyRow(...given: Parameters<typeof detailRow>): CertificateRow {
  const [{ words }, , field] = given;
  const made = detailRow(...given);
  return field && 'value' in field ? { ...made, source: codeWords(words.sources, field.source) } : made;
}

function documentRows({ evidence: { document } }: CertificateInput, write: RowWriter) {
  const displayed = knownValue(document.displaySha256);
  const size = {
    bytes: String(knownValue(document.byteLength)),
    characters: String(knownValue(document.characterCount)),
  };
  return [
    write.text('documentTitle', document.title),
    write.text('documentVersion', document.version),
    write.text('size', document.byteLength, () => fill(write.words.size, size)),
    write.hash('sha256', document.sha256),
    // Without CRLF both are equal, and one says it all.
    ...(displayed === knownValue(document.sha256) ? [] : [write.hash('displaySha256', document.displaySha256)]),
  ];
}

const consentLabels = { agreeContract: 'consentContract', agreeMethod: 'consentMethod' } as const;

function actRows({ evidence, acceptance }: CertificateInput, write: RowWriter): CertificateRow[] {
  const { presentation, act, transaction, document } = evidence;
  // The schema lets a list of consents stand among the fields of this group; only the one of that name does.
  const shown = presentation as Record<string, Parameters<RowWriter['text']>[1]>;
  if (!acceptance) {
    return [
      write.time('acceptedAt', act.acceptedAt),
      write.text('buttonLabel', shown.buttonLabel),
      ...(knownValue(transaction.closingWords) === undefined
        ? []
        : [write.text('closingWords', transaction.closingWords)]),
    ];
  }
  return [
    write.time('acceptedAt', act.acceptedAt),
    ...acceptance.consents.flatMap(({ box, text, sha256 }) => [
      write.own(consentLabels[box], `“${text}”`),
      { ...write.own('consentHash', groupHash(sha256)), form: 'hash' as const },
    ]),
    write.own('notice', `“${acceptance.notice.text}”`),
    write.text('buttonLabel', shown.buttonLabel, (label) => `“${label}”`),
    write.code('boxesAtStart', shown.boxesAtStart),
    write.code('boxesTicked', act.boxesTicked),
    write.code('displayCheck', shown.displayIntegrity),
    // The check in words says that both are equal; only another value needs its digits.
    ...(isSame(shown.displayedSha256, document.displaySha256)
      ? []
      : [write.hash('displayedSha256', shown.displayedSha256)]),
    write.time('pageShownAt', act.offerIssuedAt),
    write.text('uiBuild', shown.uiBuildId),
  ];
}

function isSame(one: Parameters<RowWriter['text']>[1], other: Parameters<RowWriter['text']>[1]): boolean {
  return knownValue(one) !== undefined && knownValue(one) === knownValue(other);
}

function identityRows({ evidence: { signer, authentication }, audience }: CertificateInput, write: RowWriter) {
  return [
    detailRow(write, 'name', signer.name, 'name', audience),
    detailRow(write, 'identity', signer.identity, 'identity', audience),
    detailRow(write, 'email', signer.email, 'email', audience),
    detailRow(write, 'phone', signer.phone, 'phone', audience),
    write.code('authentication', authentication.type),
    write.code('linkDelivery', authentication.linkDelivery),
    write.time('linkFirstOpenedAt', authentication.linkFirstOpenedAt),
    write.code('oneTimeCode', authentication.oneTimeCode),
  ];
}

/** For the court the usual punctuation; for sharing the value is masked already. */
const wholeForms: Record<DetailField, (value: string) => string> = {
  name: String,
  email: String,
  identity: formatIdentity,
  phone: formatBrazilianPhone,
};

function detailRow(
  write: RowWriter,
  label: Parameters<RowWriter['text']>[0],
  field: Parameters<RowWriter['text']>[1],
  name: DetailField,
  audience: CertificateInput['audience'],
): CertificateRow {
  const facts = knownValue(field);
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return write.text(label, field);
  const { words } = write;
  const whole = (value: unknown) => (audience === 'court' ? wholeForms[name](String(value)) : String(value));
  const value = facts.value === undefined ? '' : whole(facts.value);
  const notes = [
    ...(facts.replaces === undefined ? [] : [fill(words.changedFrom, { value: whole(facts.replaces) })]),
    ...(facts.typed === undefined || facts.typed === value
      ? []
      : [fill(words.asTyped, { value: `“${String(facts.typed)}”` })]),
  ];
  const made = write.text(label, field, () => (notes.length > 0 ? `${value} (${notes.join('; ')})` : value));
  return {
    ...made,
    source: `${made.source}; ${codeWords(words.verifications, String(facts.verification ?? 'asserted'))}`,
  };
}

function networkRows({ evidence: { network, presentation } }: CertificateInput, write: RowWriter) {
  const shown = presentation as Record<string, Parameters<RowWriter['text']>[1]>;
  return [
    write.text('ip', network.ip),
    write.text('sourcePort', network.sourcePort),
    write.code('ipTrust', network.ipTrust),
    write.text('socketPeer', network.socketPeer),
    write.text('rawForwarded', network.rawForwarded),
    write.text('userAgent', network.userAgent),
    write.text('viewport', shown.viewport),
    write.text('timeZone', shown.timeZone),
    write.text('geolocation', network.geolocation),
    write.text('tlsVersion', network.tlsVersion),
  ];
}
