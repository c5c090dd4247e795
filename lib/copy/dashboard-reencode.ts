import type { BodyForm } from '#lib/domain/body-form.ts';
import type { ReencodeDecision, ReencodeRefusal } from '#lib/domain/reencode.ts';
import type { PerStaffLanguage } from './language.ts';
import { reasonProblems } from './reason-problems.ts';

type ReencodeCopy = {
  title: string;
  what: string;
  propose: string;
  proposeWhat: string;
  proposeAct: string;
  decide: string;
  decideWhat: string;
  ownWhat: string;
  /** Of a proposal whose bytes no longer open. */
  unreadable: string;
  proposedBy: string;
  proposedAt: string;
  reason: string;
  reasonHint: string;
  /** Of the body that took another's place. */
  replaced: string;
  fields: Record<keyof BodyForm, string>;
  acts: Record<ReencodeDecision, string>;
  problems: Record<ReencodeRefusal, string>;
};

/** What admins read about another spelling of a body that the lender has refused. */
export const reencodeCopy: PerStaffLanguage<ReencodeCopy> = {
  'pt-BR': {
    title: 'Outra grafia do pedido',
    what: 'O credor leu o pedido e não aceitou a forma dele. O mesmo pedido pode ir em outra grafia; o texto do contrato e os dados de quem assinou não mudam em nenhum byte. Um administrador propõe, outro aprova.',
    propose: 'Propor outra grafia',
    proposeWhat: 'Nada é enviado até outra pessoa aprovar. Só muda o que estiver diferente do que já foi enviado.',
    proposeAct: 'Propor',
    decide: 'Decidir sobre a proposta',
    decideWhat:
      'Aprovar envia o pedido de novo na grafia proposta, e as tentativas recomeçam do início. Os dois pedidos ficam guardados.',
    ownWhat: 'Quem propôs não aprova: outro administrador decide. Você pode retirar a proposta.',
    unreadable:
      'Um dos pedidos desta proposta já não abre, e por isso ela não pode ser aprovada. Encerre a proposta e avise quem opera o portal: nada foi enviado.',
    proposedBy: 'Proposta por',
    proposedAt: 'Proposta em',
    reason: 'Motivo',
    reasonHint: 'Fica guardado com a sessão, com o seu nome e a hora.',
    replaced: 'Os bytes enviados antes, em outra grafia',
    fields: {
      type: 'type, o tipo da assinatura',
      timestamp: 'timestamp, a hora da assinatura',
      countryCode: 'country_code, o código do país do telefone',
    },
    acts: { approved: 'Aprovar e enviar', declined: 'Recusar a proposta', withdrawn: 'Retirar a proposta' },
    problems: {
      ...reasonProblems('pt-BR', 'nada mudou'),
      forbidden: 'Só administradores mudam a grafia de um pedido. Nada mudou.',
      signing_session_not_found: 'Esta sessão não existe neste espaço, ou seus dados já foram eliminados.',
      form_invalid: 'Escolha uma das grafias de cada campo. Nada mudou.',
      form_unchanged: 'A grafia é a que já foi enviada. Escolha outra em pelo menos um campo.',
      form_refused_before: 'O credor já recusou o pedido nesta grafia. Escolha outra.',
      not_refused_for_form:
        'A entrega não está recusada pela forma, ou um envio anterior pode ter chegado. Veja como ela está agora.',
      proposal_open: 'Já há uma proposta aberta para esta entrega. Decida sobre ela antes.',
      proposal_not_found: 'Esta proposta já não está aberta. Veja a linha do tempo da sessão.',
      proposal_own: 'Quem propôs não decide: outro administrador precisa aprovar ou recusar.',
      proposal_of_another: 'Só quem propôs retira a proposta. Você pode aprovar ou recusar.',
      body_differs:
        'O pedido guardado não confere com o que foi assinado, nem em outra grafia. Nada mudou; avise quem opera o portal.',
      debt_held_elsewhere:
        'A dívida já tem outra sessão, aberta ou assinada. Esta assinatura não pode mais ser enviada.',
    },
  },
  en: {
    title: 'Another spelling of the request',
    what: 'The lender has read the request and does not take its form. The same request may go in another spelling; the text of the contract and the details of whoever signed stay as they are to the byte. One admin proposes it, another approves it.',
    propose: 'Propose another spelling',
    proposeWhat: 'Nothing is sent until somebody else approves. Only what differs from what was sent changes.',
    proposeAct: 'Propose',
    decide: 'Decide on the proposal',
    decideWhat:
      'Approving sends the request again in the proposed spelling, and its attempts begin anew. Both requests are kept.',
    ownWhat: 'Whoever proposed it does not approve it: another admin decides. You may withdraw the proposal.',
    unreadable:
      'One of the requests of this proposal no longer opens, so it cannot be approved. End the proposal and tell whoever runs the portal: nothing was sent.',
    proposedBy: 'Proposed by',
    proposedAt: 'Proposed at',
    reason: 'Reason',
    reasonHint: 'It is kept with the session, with your name and the time.',
    replaced: 'The bytes sent before, in another spelling',
    fields: {
      type: 'type, the kind of signature',
      timestamp: 'timestamp, the time of the signature',
      countryCode: "country_code, the telephone's country code",
    },
    acts: { approved: 'Approve and send', declined: 'Decline the proposal', withdrawn: 'Withdraw the proposal' },
    problems: {
      ...reasonProblems('en', 'nothing has changed'),
      forbidden: 'Only admins change the spelling of a request. Nothing has changed.',
      signing_session_not_found: 'There is no such session in this workspace, or its data were erased.',
      form_invalid: 'Choose one of the spellings of each field. Nothing has changed.',
      form_unchanged: 'That is the spelling that was sent. Choose another for at least one field.',
      form_refused_before: 'The lender has refused the request in this spelling. Choose another.',
      not_refused_for_form:
        'The delivery is not rejected for its form, or something sent earlier may have arrived. See how it stands now.',
      proposal_open: 'There is an open proposal for this delivery. Decide on it first.',
      proposal_not_found: "This proposal is no longer open. See the session's timeline.",
      proposal_own: 'Whoever proposed it does not decide: another admin has to approve or decline it.',
      proposal_of_another: 'Only whoever proposed it withdraws it. You may approve or decline it.',
      body_differs:
        'What was kept does not match what was signed, in any spelling. Nothing has changed; tell whoever runs the portal.',
      debt_held_elsewhere: 'The debt has another session, open or signed. This signature can no longer be sent.',
    },
  },
};
