/**
 * What `STATEMENT.md` says, version 1 of 2026-11-21: in Portuguese for the courts, then in English. A change of what the system does is a
 * change of this text, with a new version and date. Outline: `evidence-and-law` section 8.
 */
export const statementWords = `# Como este sistema funciona (versão 1, 2026-11-21)

Sessão {session}. Vendedor: {merchant}. Credor: {lender}. Versão do programa que mostrou as páginas: {build}.

## O que acontece, passo a passo

1. O servidor do vendedor cria a sessão com o texto exato do contrato. O portal confere o texto, calcula o seu SHA-256 e nunca mais o altera.
2. O cliente abre um link que só o vendedor recebeu. Abrir o link não muda nada; a primeira abertura fica registrada.
3. O cliente lê o contrato inteiro, informa ou confere os seus dados e vê o contrato inteiro outra vez na página em que assina.
4. Duas caixas, vazias no início, trazem as frases de aceite. O botão diz "Assinar contrato". Só o envio desse formulário assina.
5. Ao receber o formulário, o servidor confere uma oferta assinada que liga o ato à página mostrada (texto, frases, dados, versão do programa). Em
   uma única transação ele grava o aceite, o evento e os bytes do pedido ao credor. Se a transação falha, nada foi assinado.
6. Outro processo envia esses bytes ao credor. Em dúvida sobre a chegada, pergunta antes de repetir. Cada tentativa e cada resposta ficam guardadas.

## Relógio

As horas são do relógio do servidor do banco de dados, em UTC, com milissegundos. Autoridades de carimbo do tempo (RFC 3161), alheias ao portal,
dão um limite independente: o registro já existia na hora que elas dizem.

## O que se registra e de onde vem

Cada dado em \`evidence.json\` diz a sua fonte: vendedor, signatário, servidor, navegador (informado pelo programa do cliente e, portanto, falsificável), credor ou
autoridade de tempo. O que falta diz por quê. O endereço IP e a porta são os da conexão, ou os que um proxy de confiança repassou; o dossiê diz qual.

## Como se protege o registro

- Os eventos de uma sessão formam uma cadeia: cada um contém o código (hash) do anterior. O banco recusa alterar ou apagar, a qualquer usuário.
- O código de cada evento, com um sal secreto, é folha de uma árvore pública (RFC 6962). Um processo separado, o único que tem a chave, assina a raiz, e recusa
  assinar uma história mais curta ou diferente da que já assinou.
- Dados pessoais e textos ficam cifrados (AES-256-GCM) com uma chave por sessão. Apagar essa chave apaga os dados; os códigos ficam.

## Quem pode ler ou mudar o quê

O vendedor lê as suas sessões. A equipe do operador vê dados mascarados; ler as provas exige um papel próprio e fica registrado. Ninguém pode mudar um
registro pelo programa. Quem tem acesso de dono ao banco pode alterar linhas, mas não sem que a cadeia, a árvore e as cópias da raiz em mãos alheias o mostrem.

## O que o sistema não prova

Que a pessoa diante da tela era quem disse ser; que os dados digitados são verdadeiros; que ela entendeu o que leu. A assinatura é eletrônica simples
(Lei 14.063/2020, art. 4º, I; MP 2.200-2/2001, art. 10, § 2º).

## Para o operador completar

- Razão social e CNPJ de quem opera esta instalação: ______________________________
- Onde ficam os servidores, e quem os administra: ______________________________
- Como o relógio dos servidores é acertado: ______________________________
- Quem declara, cargo e data: ______________________________

---

# How this system works (version 1, 2026-11-21)

Session {session}. Merchant: {merchant}. Lender: {lender}. Build that rendered the pages: {build}.

## What happens, step by step

1. The merchant's server creates the session with the exact text of the contract. The portal checks the text, takes its SHA-256 and never alters it.
2. The customer opens a link that only the merchant was given. Opening it changes nothing; the first opening is recorded.
3. The customer reads the whole contract, gives or checks their details, and sees the whole contract again on the page where they sign.
4. Two boxes, empty at first, carry the words of acceptance. The button says that it signs. Only sending that form signs.
5. When the form arrives, the server checks a signed offer that ties the act to the page that was shown (text, words, details, build). In one
   transaction it writes the acceptance, the event, and the bytes of the request to the lender. If the transaction fails, nothing was signed.
6. Another process sends these bytes to the lender. In doubt about their arrival it asks before it repeats. Every attempt and every answer is kept.

## Clock

Times are those of the database server's clock, in UTC, with milliseconds. Time-stamp authorities (RFC 3161), strangers to the portal, give a limit of
their own: the record existed at the time that they say.

## What is recorded, and from whom

Each value in \`evidence.json\` names its source: merchant, signer, server, browser (reported by the customer's program, and so forgeable), lender or time-stamp
authority. What is missing says why. The IP address and port are those of the connection, or those that a trusted proxy passed on; the dossier says which.

## How the record is protected

- The events of a session form a chain: each holds the hash of the one before. The database refuses to change or delete them, to every user.
- The hash of each event, with a secret salt, is a leaf of a public tree (RFC 6962). A separate process, the only one that holds the key, signs its root, and
  refuses to sign a history that is shorter than, or other than, what it has signed.
- Personal data and texts are encrypted (AES-256-GCM) under a key per session. Destroying that key destroys the data; the hashes stay.

## Who can read or change what

The merchant reads their own sessions. The operator's staff see masked data; reading the evidence takes a role of its own and is recorded. Nobody can change a
record through the program. Whoever owns the database can alter rows, but not without the chain, the tree and the copies of its root in other hands showing it.

## What the system does not prove

That the person at the screen was who they said; that what was typed is true; that it was understood. The signature is a simple electronic one
(Brazil: Lei 14.063/2020, art. 4, I; MP 2.200-2/2001, art. 10, § 2).

## For the operator to complete

- Legal name and number of whoever runs this installation: ______________________________
- Where the servers are, and who administers them: ______________________________
- How the servers' clock is set: ______________________________
- Declared by, position and date: ______________________________
`;
