import { overlapHours } from '#lib/domain/overlap.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import type { StaffReasonRefusal } from '#lib/domain/staff-reason.ts';
import type { PerStaffLanguage } from './language.ts';
import { reasonProblems } from './reason-problems.ts';

type KeyProblem =
  | 'forbidden'
  | 'key_form'
  | 'return_origin_refused'
  | 'address_refused'
  | 'expiry_past'
  | 'already_made'
  | 'api_key_not_found'
  | 'key_over'
  | 'rotation_running'
  | StaffReasonRefusal;

export type KeysCopy = {
  title: string;
  lead: string;
  none: string;
  refused: string;
  columns: Record<'key' | 'state' | 'rights' | 'ends' | 'used' | 'acts', string>;
  state: Record<'live' | 'expired' | 'revoked', string>;
  scope: Record<ApiScope, string>;
  origins: string;
  addresses: string;
  anywhere: string;
  noOrigin: string;
  never: string;
  create: Record<
    | 'title'
    | 'name'
    | 'scopes'
    | 'origins'
    | 'originsHint'
    | 'addresses'
    | 'addressesHint'
    | 'lastDay'
    | 'lastDayHint'
    | 'act',
    string
  >;
  rotate: Record<'open' | 'what' | 'hours' | 'hoursHint' | 'act', string>;
  revoke: Record<'open' | 'what' | 'reason' | 'reasonHint' | 'act', string>;
  made: Record<'title' | 'text' | 'once' | 'old' | 'back', string>;
  problems: Record<KeyProblem, string>;
};

/** The page of the API keys, and the one that shows a new key. */
export const keysCopy: PerStaffLanguage<KeysCopy> = {
  'pt-BR': {
    title: 'Chaves de API',
    lead: 'Com uma chave, o sistema da loja cria e lê sessões. Cada chave aparece inteira uma única vez, ao ser criada.',
    none: 'Ainda não há chaves neste espaço.',
    refused: 'Seu perfil não permite ver nem mudar as chaves. Fale com quem administra este espaço.',
    columns: { key: 'Chave', state: 'Situação', rights: 'Pode', ends: 'Termina', used: 'Último uso', acts: 'Ações' },
    state: { live: 'ativa', expired: 'vencida', revoked: 'revogada' },
    scope: {
      'sessions:read': 'ler sessões',
      'sessions:write': 'criar e cancelar sessões',
      'evidence:read': 'ler a evidência',
    },
    origins: 'Volta para',
    addresses: 'Funciona em',
    anywhere: 'qualquer endereço',
    noOrigin: 'nenhum site',
    never: 'nunca',
    create: {
      title: 'Criar chave',
      name: 'Nome',
      scopes: 'O que ela pode',
      origins: 'Sites para os quais a pessoa pode voltar',
      originsHint: 'Um por linha, como https://loja.example. Sem nenhum, as sessões não aceitam returnUrl.',
      addresses: 'Endereços IP de onde a chave funciona',
      addressesHint:
        'Um por linha: 203.0.113.7, 198.51.100.0/24, 2001:db8::/32. Sem nenhum, funciona em qualquer lugar.',
      lastDay: 'Último dia',
      lastDayHint: 'Horário de Brasília. Vazio, a chave vale até ser revogada.',
      act: 'Criar chave',
    },
    rotate: {
      open: 'Trocar',
      what: 'Cria uma segunda chave com os mesmos direitos. A antiga continua até o prazo abaixo e então termina.',
      hours: 'Horas que a antiga ainda vale',
      hoursHint: `De 0 a ${overlapHours.apiKey.most}.`,
      act: 'Criar a nova chave',
    },
    revoke: {
      open: 'Revogar',
      what: 'A partir da próxima chamada esta chave não abre mais nada, e não há volta. As sessões criadas com ela ficam.',
      reason: 'Motivo',
      reasonHint: 'Fica guardado com a chave. Não escreva dados de clientes.',
      act: 'Revogar a chave',
    },
    made: {
      title: 'A nova chave',
      text: 'Copie agora e guarde em lugar seguro, como uma senha:',
      once: 'Ela não será mostrada de novo. Se a perder, revogue esta chave e crie outra.',
      old: 'A chave antiga ainda vale até',
      back: 'Voltar às chaves',
    },
    problems: {
      forbidden: 'Seu perfil não permite mudar as chaves. Nada mudou.',
      key_form: 'Falta o nome, um direito ou um número, ou algo está fora do formato. Nada mudou.',
      return_origin_refused: 'Um dos sites não é uma origem como https://loja.example. Nada mudou.',
      address_refused: 'Um dos endereços não é um IP nem uma faixa. Nada mudou.',
      expiry_past: 'O último dia já passou. Nada mudou.',
      already_made: 'Este formulário já criou uma chave, que foi mostrada naquela hora. Se não a guardou, revogue-a.',
      api_key_not_found: 'Esta chave não existe neste espaço. Nada mudou.',
      key_over: 'Esta chave já terminou; não há o que trocar. Crie outra.',
      rotation_running: 'Já há duas chaves valendo, a antiga e a nova. Revogue uma delas ou espere o fim da antiga.',
      ...reasonProblems('pt-BR', 'nada mudou'),
    },
  },
  en: {
    title: 'API keys',
    lead: "With a key the merchant's system creates and reads sessions. Each key is shown whole only once, when it is made.",
    none: 'There are no keys in this workspace yet.',
    refused: 'Your role may neither see nor change keys. Ask whoever administers this workspace.',
    columns: { key: 'Key', state: 'State', rights: 'May', ends: 'Ends', used: 'Last used', acts: 'Acts' },
    state: { live: 'live', expired: 'expired', revoked: 'revoked' },
    scope: {
      'sessions:read': 'read sessions',
      'sessions:write': 'create and cancel sessions',
      'evidence:read': 'read the evidence',
    },
    origins: 'Returns to',
    addresses: 'Works from',
    anywhere: 'any address',
    noOrigin: 'no site',
    never: 'never',
    create: {
      title: 'Create a key',
      name: 'Name',
      scopes: 'What it may do',
      origins: 'Sites to which people may return',
      originsHint: 'One per line, such as https://loja.example. Without any, sessions take no returnUrl.',
      addresses: 'IP addresses from which the key works',
      addressesHint: 'One per line: 203.0.113.7, 198.51.100.0/24, 2001:db8::/32. Without any, it works from anywhere.',
      lastDay: 'Last day',
      lastDayHint: 'Brasília time. Left empty, the key works until it is revoked.',
      act: 'Create the key',
    },
    rotate: {
      open: 'Rotate',
      what: 'Makes a second key with the same rights. The old one goes on for the time below, and then ends.',
      hours: 'Hours that the old key goes on',
      hoursHint: `From 0 to ${overlapHours.apiKey.most}.`,
      act: 'Make the new key',
    },
    revoke: {
      open: 'Revoke',
      what: 'From the next call on this key opens nothing, for good. Sessions that were made with it stay.',
      reason: 'Reason',
      reasonHint: 'It is kept with the key. Write nothing about customers.',
      act: 'Revoke the key',
    },
    made: {
      title: 'The new key',
      text: 'Copy it now and keep it as safe as a password:',
      once: 'It will not be shown again. If you lose it, revoke this key and make another.',
      old: 'The old key works until',
      back: 'Back to the keys',
    },
    problems: {
      forbidden: 'Your role may not change keys. Nothing has changed.',
      key_form: 'The name, a right or a number is missing, or something has the wrong form. Nothing has changed.',
      return_origin_refused: 'One of the sites is no origin such as https://loja.example. Nothing has changed.',
      address_refused: 'One of the addresses is no IP address and no range. Nothing has changed.',
      expiry_past: 'The last day has passed. Nothing has changed.',
      already_made: 'This form has made a key already, which was shown then. If you have not kept it, revoke it.',
      api_key_not_found: 'There is no such key in this workspace. Nothing has changed.',
      key_over: 'This key is over; there is nothing to rotate. Make another.',
      rotation_running:
        'Two keys are live already, the old and the new. Revoke one, or wait for the end of the old one.',
      ...reasonProblems('en', 'nothing has changed'),
    },
  },
};
