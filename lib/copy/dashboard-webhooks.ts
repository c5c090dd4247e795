import type { WebhookAddressRefusal } from '#lib/domain/webhook-address.ts';
import { webhookAddressWords } from '#lib/domain/webhook-address-messages.ts';
import { givenUpAfterDays } from '#lib/domain/webhook-schedule.ts';
import type { EndpointState } from '#lib/domain/webhook-standing.ts';
import type { PerStaffLanguage } from './language.ts';

type WebhookProblem =
  | 'forbidden'
  | 'too_many_endpoints'
  | 'wrong_value'
  | 'endpoint_not_found'
  | 'endpoint_disabled'
  | 'rotation_running'
  | 'message_not_found'
  | WebhookAddressRefusal;

type WebhookWords = {
  title: string;
  what: string;
  back: string;
  none: string;
  columns: { address: string; state: string; events: string; waiting: string };
  every: string;
  state: Record<EndpointState, string>;
  make: { open: string; url: string; urlHint: string; types: string; act: string };
  secret: { title: string; what: string; back: string };
  acts: { test: string; rotate: string; rotateWhat: string; disable: string; disableWhat: string; resend: string };
  messages: {
    title: string;
    none: string;
    columns: { at: string; type: string; status: string; attempts: string };
    status: Record<'PENDING' | 'DELIVERED' | 'FAILED', string>;
    attempt: string;
    session: string;
  };
  problems: Record<WebhookProblem, string>;
};

/** What the dashboard says about where a merchant is told what happens. */
export const webhookCopy: PerStaffLanguage<WebhookWords> = {
  'pt-BR': {
    title: 'Webhooks',
    what: 'Endereços que a loja escolheu para ser avisada do que acontece. As mensagens seguem Standard Webhooks e não levam dados pessoais.',
    back: 'Todos os webhooks',
    none: 'Nenhum endereço ainda.',
    columns: { address: 'Endereço', state: 'Situação', events: 'Eventos', waiting: 'Na fila' },
    every: 'todos',
    state: {
      active: 'ativo desde',
      failing: 'sem sucesso desde',
      by_person: 'desativado pela equipe em',
      gone: 'desativado porque respondeu 410 em',
      failed: `desativado após ${givenUpAfterDays} dias só de falhas em`,
    },
    make: {
      open: 'Novo endereço',
      url: 'Endereço que recebe',
      urlHint: 'https, porta 443 ou 8443, por exemplo https://loja.example/webhooks',
      types: 'Eventos. Sem nenhuma marca, todos os de hoje e os que vierem.',
      act: 'Criar e mostrar o segredo',
    },
    secret: {
      title: 'Segredo do webhook',
      what: 'Guarde agora: ele não será mostrado de novo. Com ele a loja confere a assinatura de cada mensagem.',
      back: 'Voltar ao webhook',
    },
    acts: {
      test: 'Enviar mensagem de teste',
      rotate: 'Trocar o segredo',
      rotateWhat: 'O segredo novo aparece uma vez. Durante 24 horas as mensagens levam as duas assinaturas.',
      disable: 'Desativar',
      disableWhat: 'Nada mais será enviado a este endereço, nem o que está na fila. Para voltar, crie outro.',
      resend: 'Reenviar',
    },
    messages: {
      title: 'Mensagens mais novas',
      none: 'Nenhuma mensagem ainda.',
      columns: { at: 'Quando', type: 'Evento', status: 'Situação', attempts: 'Tentativas' },
      status: { PENDING: 'próxima tentativa', DELIVERED: 'entregue', FAILED: 'sem novas tentativas' },
      attempt: '{words} ({outcome}), {ms} ms',
      session: 'sessão',
    },
    problems: {
      forbidden: 'Seu perfil não permite ver nem mudar os webhooks.',
      too_many_endpoints: 'Já há endereços demais. Desative um que não é mais usado.',
      wrong_value: 'Confira o endereço e os eventos.',
      endpoint_not_found: 'Este webhook não existe.',
      endpoint_disabled: 'Este webhook está desativado.',
      rotation_running: 'O segredo anterior ainda assina. Espere o fim dele antes de trocar outra vez.',
      message_not_found: 'Esta mensagem não existe mais, ou está sendo enviada agora.',
      ...webhookAddressWords('pt-BR'),
    },
  },
  en: {
    title: 'Webhooks',
    what: 'Addresses at which the merchant wants to be told what happens. Messages follow Standard Webhooks and hold no personal data.',
    back: 'All webhooks',
    none: 'No address yet.',
    columns: { address: 'Address', state: 'State', events: 'Events', waiting: 'Waiting' },
    every: 'all',
    state: {
      active: 'active since',
      failing: 'without success since',
      by_person: 'disabled by staff at',
      gone: 'disabled because it answered 410 at',
      failed: `disabled after ${givenUpAfterDays} days of nothing but failures at`,
    },
    make: {
      open: 'New address',
      url: 'Address that receives',
      urlHint: 'https, port 443 or 8443, for example https://shop.example/webhooks',
      types: 'Events. Without any tick, all there are and will be.',
      act: 'Create and show the secret',
    },
    secret: {
      title: 'Webhook secret',
      what: 'Keep it now: it is not shown again. With it the merchant checks the signature of each message.',
      back: 'Back to the webhook',
    },
    acts: {
      test: 'Send a test message',
      rotate: 'Change the secret',
      rotateWhat: 'The new secret is shown once. For 24 hours messages bear both signatures.',
      disable: 'Disable',
      disableWhat: 'Nothing more is sent to this address, nor what still waits. To come back, make another.',
      resend: 'Send again',
    },
    messages: {
      title: 'Newest messages',
      none: 'No message yet.',
      columns: { at: 'When', type: 'Event', status: 'State', attempts: 'Attempts' },
      status: { PENDING: 'next attempt', DELIVERED: 'delivered', FAILED: 'no more attempts' },
      attempt: '{words} ({outcome}), {ms} ms',
      session: 'session',
    },
    problems: {
      forbidden: 'Your role may neither see nor change webhooks.',
      too_many_endpoints: 'There are too many addresses. Disable one that is not used any more.',
      wrong_value: 'Check the address and the events.',
      endpoint_not_found: 'There is no such webhook.',
      endpoint_disabled: 'This webhook is disabled.',
      rotation_running: 'The secret before this one still signs. Wait for its end before another change.',
      message_not_found: 'This message is gone, or is being sent at this moment.',
      ...webhookAddressWords('en'),
    },
  },
};
