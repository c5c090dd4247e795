import { maskEmail } from '#lib/domain/email.ts';
import { maskIdentity } from '#lib/domain/identity.ts';
import { formatIpAddress, parseIpAddress } from '#lib/domain/ip-address.ts';
import { maskName } from '#lib/domain/person-name.ts';
import { maskPhone } from '#lib/domain/phone.ts';
import type { EvidenceField, EvidenceView } from '#lib/schema/evidence.ts';

/**
 * The evidence as the version for sharing may know it. Personal values are masked or withheld here, before anything is written, so that
 * no sentence built afterwards can leak one. The signer's name stays: a certificate without it says nothing about anyone. What a person
 * typed, free words, forwarding headers and coordinates have no harmless part and are withheld whole; `withheld` stands in their place.
 */
export function sharedEvidence(evidence: EvidenceView, withheld: string): EvidenceView {
  const { transaction, signer, network, delivery, events } = evidence;
  const hide = (field: EvidenceField | undefined) => changed(field, () => withheld);
  return {
    ...evidence,
    transaction: { ...transaction, ...present('closingWords', hide(transaction.closingWords)) },
    signer: Object.fromEntries(Object.entries(signer).map(([name, field]) => [name, maskedDetail(name, field)])),
    network: {
      ...network,
      ip: changed(network.ip, maskIp) ?? network.ip,
      ...present('socketPeer', changed(network.socketPeer, maskIp)),
      ...present('rawForwarded', hide(network.rawForwarded)),
      ...present('geolocation', hide(network.geolocation)),
    },
    delivery: { ...delivery, ...present('lenderWords', changed(delivery.lenderWords, codeOnly)) },
    events: events.map((event) => ({ ...event, data: {} })),
  };
}

type Json = Extract<EvidenceField, { value: unknown }>['value'];

function changed(field: EvidenceField | undefined, change: (value: Json) => Json): EvidenceField | undefined {
  return field && 'value' in field ? { ...field, value: change(field.value) } : field;
}

function present(name: string, field: EvidenceField | undefined): Record<string, EvidenceField> {
  return field ? { [name]: field } : {};
}

const masks: Readonly<Record<string, (value: string) => string>> = {
  name: (value) => value,
  identity: maskIdentity,
  email: maskEmail,
  phone: maskPhone,
};

/** A detail's value and the one that it replaced are masked; what was typed has any form and goes. A field that is new here goes whole. */
function maskedDetail(name: string, field: EvidenceField): EvidenceField {
  if (!('value' in field) || typeof field.value !== 'object' || field.value === null || Array.isArray(field.value)) {
    return changed(field, () => '***') ?? field;
  }
  const { value, typed: _typed, replaces, ...facts } = field.value;
  const mask = masks[name] ?? (() => '***');
  return {
    ...field,
    value: {
      ...facts,
      ...(typeof value === 'string' && { value: mask(value) }),
      ...(typeof replaces === 'string' && { replaces: name === 'name' ? maskName(replaces) : mask(replaces) }),
    },
  };
}

/** `203.0.113.9` → `203.0.*.*`, `2001:db8:1::9` → `2001:db8:*`: enough to name the provider, too little to name the line. */
function maskIp(value: Json): string {
  const address = parseIpAddress(String(value));
  if (address === undefined) return '***';
  const [first = '', second = ''] = formatIpAddress(address).split(/[.:]/);
  return address.version === 4 ? `${first}.${second}.*.*` : `${first}:${second}:*`;
}

/** The lender's code is a fact; its message is free text that may name the person. */
function codeOnly(value: Json): Json {
  const code = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.code : undefined;
  return typeof code === 'string' ? { code } : {};
}
