import type { StatusClass } from '#lib/domain/status-class.ts';
import type { PerStaffLanguage } from './language.ts';

type RequestWords = {
  title: string;
  what: string;
  back: string;
  searchLabel: string;
  searchHint: string;
  search: string;
  filter: string;
  all: string;
  classes: Record<StatusClass, string>;
  columns: { at: string; request: string; answer: string; key: string; duration: string };
  none: string;
  noMatch: string;
  clear: string;
  older: string;
  newest: string;
  one: {
    title: string;
    facts: string;
    id: string;
    session: string;
    key: string;
    idempotency: string;
    given: string;
    absent: string;
    contentType: string;
    userAgent: string;
    error: string;
    errorPage: string;
    code: string;
    faults: string;
    /** The pointer of the body itself. */
    wholeBody: string;
    sent: string;
    query: string;
    answered: string;
    /** `{kib}` is filled in. */
    cut: string;
    nothingSent: string;
    hidden: string;
    accessNoted: string;
  };
  problems: { forbidden: string; request_not_found: string };
};

/** The request inspector: what programs asked the API, and what they were answered. */
export const requestCopy: PerStaffLanguage<RequestWords> = {
  'pt-BR': {
    title: 'Requisições da API',
    what: 'O que seus programas pediram à API e o que ela respondeu, do mais novo ao mais antigo. Ficam as últimas 1.000 deste espaço, por 7 dias; só chamadas com uma chave válida aparecem.',
    back: '← Requisições da API',
    searchLabel: 'Id da requisição',
    searchHint: 'Vem no cabeçalho X-Request-Id de cada resposta e em requestId de cada erro',
    search: 'Buscar',
    filter: 'Filtrar por resposta',
    all: 'Todas',
    classes: { 2: '2xx: deu certo', 4: '4xx: a corrigir', 5: '5xx: falha do portal' },
    columns: { at: 'Quando', request: 'Requisição', answer: 'Resposta', key: 'Chave', duration: 'Duração' },
    none: 'Nenhuma requisição nos últimos 7 dias. A primeira chamada está explicada em /docs.',
    noMatch: 'Nenhuma requisição com estes filtros.',
    clear: 'Limpar filtros',
    older: 'Mais antigas →',
    newest: '← Mais recentes',
    one: {
      title: 'Requisição',
      facts: 'A chamada',
      id: 'Id da requisição',
      session: 'Sessão',
      key: 'Chave',
      idempotency: 'X-Idempotency-Key',
      given: 'enviado',
      absent: 'não enviado',
      contentType: 'Content-Type',
      userAgent: 'User-Agent',
      error: 'O que houve',
      errorPage: 'Como corrigir: página do erro {code}',
      code: 'Código do erro',
      faults: 'Campos a corrigir',
      wholeBody: 'o corpo inteiro',
      sent: 'O que foi enviado',
      query: 'Parâmetros do endereço',
      answered: 'O que foi respondido',
      cut: 'Guardados só os primeiros {kib} KiB.',
      nothingSent: 'Nenhum corpo, ou um que não se pôde ler como JSON; esse não fica guardado.',
      hidden:
        'O que foi enviado e respondido não é guardado em produção, porque diz quem assina. No sandbox os dois corpos aparecem aqui.',
      accessNoted: 'O texto do contrato nunca é guardado aqui. Esta consulta consta na lista de acessos da sessão.',
    },
    problems: {
      forbidden: 'As requisições da API são vistas por quem tem perfil de operação ou administração.',
      request_not_found:
        'Não há esta requisição neste espaço. Ela pode ter saído da lista: ficam as últimas 1.000, por 7 dias.',
    },
  },
  en: {
    title: 'API requests',
    what: 'What your programs asked the API and what it answered, newest first. The last 1,000 of this workspace are kept, for 7 days; only calls with a valid key appear.',
    back: '← API requests',
    searchLabel: 'Request id',
    searchHint: 'It stands in the header X-Request-Id of every answer and in requestId of every error',
    search: 'Search',
    filter: 'Filter by answer',
    all: 'All',
    classes: { 2: '2xx: done', 4: '4xx: to be mended', 5: '5xx: the portal failed' },
    columns: { at: 'When', request: 'Request', answer: 'Answer', key: 'Key', duration: 'Duration' },
    none: 'No request in the last 7 days. The first call is explained in /docs.',
    noMatch: 'No request with these filters.',
    clear: 'Clear filters',
    older: 'Older →',
    newest: '← Newest',
    one: {
      title: 'Request',
      facts: 'The call',
      id: 'Request id',
      session: 'Session',
      key: 'Key',
      idempotency: 'X-Idempotency-Key',
      given: 'sent',
      absent: 'not sent',
      contentType: 'Content-Type',
      userAgent: 'User-Agent',
      error: 'What happened',
      errorPage: 'The way out: page of the error {code}',
      code: 'Error code',
      faults: 'Fields to be mended',
      wholeBody: 'the whole body',
      sent: 'What was sent',
      query: 'Parameters of the address',
      answered: 'What was answered',
      cut: 'Only the first {kib} KiB are kept.',
      nothingSent: 'No body, or one that could not be read as JSON; such a one is not kept.',
      hidden:
        'What was sent and answered is not kept in production, because it says who signs. In the sandbox both bodies are shown here.',
      accessNoted:
        'The text of a contract is never kept here. This look stands in the access inventory of the session.',
    },
    problems: {
      forbidden: 'API requests are seen by whoever has the role operator or admin.',
      request_not_found:
        'There is no such request in this workspace. It may have left the list: the last 1,000 are kept, for 7 days.',
    },
  },
};
