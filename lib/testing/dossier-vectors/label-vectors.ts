import type { Stage } from '../reference-story.ts';
import { inEvidence, type Members, setIn, setValue } from './cross-vectors.ts';
import { type DossierVector, edit, made } from './vector.ts';

/** Evidence that says the same values in another's name, for another reason, of another moment, or more than was captured. */
export const labelVectors: DossierVector[] = [
  ...Object.entries({
    verification: 'control_proved',
    typed: 'MARIA',
    replaces: 'Outra Pessoa',
    prefilledByMerchant: false,
    editedBySigner: true,
  }).map(([name, value]) =>
    inEvidence(`another ${name} of the name`, 'TAMPERED', ({ signer }) => setValue(signer, 'name', name, value)),
  ),
  inEvidence('a word of the browser that the server is said to have seen', 'TAMPERED', ({ presentation }) =>
    setIn(presentation, 'displayIntegrity', 'source', 'server'),
  ),
  inEvidence('another reason for a gap', 'TAMPERED', ({ network }) =>
    setIn(network, 'rawForwarded', 'reason', 'proxy_did_not_pass_it'),
  ),
  inEvidence('a one-time code that nobody asked for', 'TAMPERED', ({ authentication }) =>
    Object.assign(authentication as Members, { oneTimeCode: { value: 'verified', source: 'server' } }),
  ),
  inEvidence('a field with a member more', 'INPUT_ERROR', ({ network }) => setIn(network, 'ip', 'more', 1)),
  inEvidence('another source of a consent', 'TAMPERED', ({ presentation }) =>
    setIn((presentation as Members).consents, '0', 'source', 'merchant'),
  ),
  inEvidence('another source of an event', 'TAMPERED', ({ events }) => setIn(events, '1', 'source', 'lender')),
  inEvidence('another leaf of the log', 'TAMPERED', ({ integrity }) => setValue(integrity, 'log', 'leafIndex', 0)),
  ...[
    ['declined', 'closedAt', { value: '2026-11-20T14:03:22.482Z', source: 'server' }],
    ['declined', 'closingWords', { value: 'Não posso', source: 'signer' }],
    ['declined', 'closingWords', { value: 'Não quero', source: 'merchant' }],
    ['declined', 'closingWords', { status: 'not_captured', reason: 'not_given' }],
    ['cancelled', 'closedAt', { value: '2026-11-20T14:03:22.482Z', source: 'server' }],
    ['cancelled', 'closingWords', { value: 'Pedido cancelado', source: 'signer' }],
    ['expired', 'closedAt', { value: '2026-11-21T14:03:52.481Z', source: 'server' }],
    ['expired', 'closingWords', { value: 'Não quero', source: 'signer' }],
  ].map(([stage, name, field], index) =>
    made(`a session ${stage} with another ${name} in evidence.json (${index + 1})`, 'TAMPERED', {
      stage: stage as Stage,
      changeFiles: edit<Members>('evidence.json', ({ transaction }) => {
        Object.assign(transaction as Members, { [String(name)]: field });
      }),
    }),
  ),
  ...Object.entries({
    act: 'boxesTicked',
    network: 'socketPeer',
    delivery: 'bodySha256',
    integrity: 'acceptanceRecordSha256',
  }).map(([group, name]) =>
    made(`a session that nobody signed with ${group}.${name} in evidence.json`, 'TAMPERED', {
      stage: 'declined',
      changeFiles: edit<Members>('evidence.json', (record) => {
        Object.assign(record[group] as Members, { [name]: { value: 'x', source: 'server' } });
      }),
    }),
  ),
];
