/**
 * What `STATEMENT.md` says, version 1 of 2026-11-21: in Portuguese for the courts, then in English. A change of what the system does is a
 * change of this text, with a new version and date. Outline: `evidence-and-law` section 8.
 */
export const statementWords = `# Como este sistema funciona (versão 1, 2026-11-21)

Sessão {session}. Vendedor: {merchant}. Credor: {lender}. Versão do programa que mostrou as páginas: {build}.

## O que acontece, passo a passo

1. O servidor do vendedor cria a sessão com o texto exato do contrato. O portal confere o texto, calcula o seu SHA-256 e nunca mais o altera.
2. O cliente abre um link que só o vendedor recebeu. Abrir o link não muda nada; a primeira abertura fica registrada.
3. A primeira página mostra o contrato inteiro; na segunda o cliente informa ou confere os seus dados (quando o vendedor já deu todos, ela falta); a
   página em que se assina mostra o contrato inteiro outra vez. Se ele leu, o sistema não sabe.
4. Duas caixas, vazias no início, trazem as frases de aceite. O botão diz que assina (as palavras
   exatas estão em \`acceptance.json\`). Só o envio desse formulário, com as duas caixas marcadas, assina.
5. Ao receber o formulário, o servidor confere uma oferta assinada que liga o ato à página mostrada (texto, frases, dados, versão do programa). Em
   uma única transação ele grava o aceite, o evento e os bytes do pedido ao credor. Se a transação falha, nada foi assinado.
6. Outro processo envia esses bytes ao credor. Em dúvida sobre a chegada, pergunta antes de repetir. Cada tentativa e cada resposta ficam guardadas.

## Relógio

As horas são do relógio do servidor do banco de dados, em UTC, com milissegundos. Autoridades de carimbo do tempo (RFC 3161), alheias ao portal,
dão um limite independente: o registro já existia na hora que elas dizem. Quais foram está em \`timestamps/\`; sem essa pasta, ainda não houve nenhuma.
Cada carimbo fica guardado como veio, com os certificados da autoridade, e é conferido como estes valiam na hora que ele diz. Listas de certificados revogados
não são consultadas nem guardadas, e carimbos antigos não são renovados. Cada carimbo posterior cobre de novo tudo o que o registro público continha antes: se um
dia um carimbo antigo deixar de convencer, os seguintes ainda provam que o registro existia, mas por uma hora mais tardia.

## O que se registra e de onde vem

Cada dado em \`evidence.json\` diz a sua fonte: vendedor, signatário, servidor, navegador (informado pelo programa do cliente e, portanto, falsificável), credor ou
autoridade de tempo. O que falta diz por quê. O endereço IP e a porta são os da conexão, ou os que um proxy de confiança repassou; o dossiê diz qual.

## Como se protege o registro

- Os eventos de uma sessão formam uma cadeia: cada um contém o código (hash) do anterior. O banco recusa alterá-los ou apagá-los
  a todo processo do portal; só uma função dele apaga dados pessoais, e apenas quando o prazo de guarda acabou ou,
  se ninguém abriu o link, a pedido do titular.
- O código de cada evento, com um sal secreto, é folha de uma árvore pública (RFC 6962). Um processo separado, o único que tem a chave, assina a raiz, e recusa
  assinar uma história mais curta ou diferente da que já assinou.
- Dados pessoais e textos ficam cifrados (AES-256-GCM) com uma chave por sessão. Apagar essa chave apaga os dados; os códigos ficam.

## Quem pode ler ou mudar o quê

O vendedor lê as suas sessões. A equipe do operador vê dados mascarados; ler as provas exige um papel próprio e fica registrado. Ninguém pode mudar um
registro pelo programa. Quem tem acesso de dono ao banco pode alterar linhas, mas não sem que a cadeia e a árvore o mostrem; quem tem também a chave
do registro poderia refazer tudo, e então só as cópias da raiz em mãos alheias (credor, vendedor, testemunhas, autoridades de tempo) o mostram.

## O que o sistema não prova

Que a pessoa diante da tela era quem disse ser; que os dados digitados são verdadeiros; que ela entendeu o que leu. A assinatura é eletrônica simples
(Lei 14.063/2020, art. 4º, I; MP 2.200-2/2001, art. 10, § 2º).

## Para o operador completar

- Razão social e CNPJ do vendedor e do credor: ______________________________
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
3. The first page shows the whole contract; on the second the customer gives or checks their details (it is left out when the merchant gave them all); the
   page where one signs shows the whole contract again. Whether they read it, the system does not know.
4. Two boxes, empty at first, carry the words of acceptance. The button says that it signs (its exact words are
   in \`acceptance.json\`). Only sending that form, with both boxes ticked, signs.
5. When the form arrives, the server checks a signed offer that ties the act to the page that was shown (text, words, details, build). In one
   transaction it writes the acceptance, the event, and the bytes of the request to the lender. If the transaction fails, nothing was signed.
6. Another process sends these bytes to the lender. In doubt about their arrival it asks before it repeats. Every attempt and every answer is kept.

## Clock

Times are those of the database server's clock, in UTC, with milliseconds. Time-stamp authorities (RFC 3161), strangers to the portal, give a limit of
their own: the record existed at the time that they say. Which they were is in \`timestamps/\`; without that folder there was none yet.
Each stamp is kept as it came, with the authority's certificates, and is checked as these were good at the time that it says. Lists of revoked certificates
are neither asked for nor kept, and old stamps are not renewed. Each later stamp covers anew all that the public log held before: should an old stamp cease
to convince one day, those after it still prove that the record existed, but by a later time.

## What is recorded, and from whom

Each value in \`evidence.json\` names its source: merchant, signer, server, browser (reported by the customer's program, and so forgeable), lender or time-stamp
authority. What is missing says why. The IP address and port are those of the connection, or those that a trusted proxy passed on; the dossier says which.

## How the record is protected

- The events of a session form a chain: each holds the hash of the one before. The database refuses to change or delete
  them, to every process of the portal; only a function of its own erases personal data, and only when the term of keeping is over
  or, where nobody opened the link, the person asked for it.
- The hash of each event, with a secret salt, is a leaf of a public tree (RFC 6962). A separate process, the only one that holds the key, signs its root, and
  refuses to sign a history that is shorter than, or other than, what it has signed.
- Personal data and texts are encrypted (AES-256-GCM) under a key per session. Destroying that key destroys the data; the hashes stay.

## Who can read or change what

The merchant reads their own sessions. The operator's staff see masked data; reading the evidence takes a role of its own and is recorded. Nobody can change a
record through the program. Whoever owns the database can alter rows, but not without the chain and the tree showing it; whoever also holds the key of
the log could make everything anew, and then only the copies of its root in other hands (lender, merchant, witnesses, time-stamp authorities) show it.

## What the system does not prove

That the person at the screen was who they said; that what was typed is true; that it was understood. The signature is a simple electronic one
(Brazil: Lei 14.063/2020, art. 4, I; MP 2.200-2/2001, art. 10, § 2).

## For the operator to complete

- Legal names and numbers (CNPJ) of merchant and lender: ______________________________
- Legal name and number of whoever runs this installation: ______________________________
- Where the servers are, and who administers them: ______________________________
- How the servers' clock is set: ______________________________
- Declared by, position and date: ______________________________
`;
