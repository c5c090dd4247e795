import { formatIdentity } from './identity.ts';

/** Who stands in the sample: invented people and houses. `identity` is a CPF or CNPJ without punctuation. */
export type SampleParties = {
  signerName: string;
  identity: string;
  merchantLegalName: string;
  lenderLegalName: string;
  orderId: string;
};

/** The figures that the sample contract repeats, as `product-conventions` 1.2 lays them out. They agree with each other. */
export const sampleSummary = [
  { label: 'Valor do crédito', value: 'R$ 4.800,00' },
  { label: 'Você vai pagar', value: '12 parcelas de R$ 470,53' },
  { label: 'Primeira parcela', value: '10/01/2027' },
  { label: 'Juros', value: '2,19% ao mês (29,69% ao ano)' },
  { label: 'CET', value: '35,93% ao ano' },
  { label: 'IOF e tarifas', value: 'R$ 118,40' },
  { label: 'Total a pagar', value: 'R$ 5.646,36' },
] as const;

/**
 * An invented Brazilian credit contract of the usual length and outline, for the sandbox and for measuring: the `contract` of a
 * create call. The same parties give the same text, to the byte.
 */
export function sampleContract(parties: SampleParties) {
  return {
    title: 'Cédula de Crédito Bancário',
    version: '2026-11',
    language: 'pt-BR',
    text: `${[...opening(parties), ...credit(parties), ...payment, ...duties(parties), ...closing(parties)].join('\n')}\n`,
  };
}

function opening({ signerName, identity, merchantLegalName, lenderLegalName, orderId }: SampleParties): string[] {
  return [
    'CÉDULA DE CRÉDITO BANCÁRIO',
    '',
    'Texto de exemplo, sem valor legal: as pessoas, as empresas e os números são inventados.',
    '',
    'QUADRO RESUMO',
    '',
    `Emitente: ${signerName}, CPF ou CNPJ ${formatIdentity(identity)}`,
    `Credor: ${lenderLegalName}`,
    `Loja: ${merchantLegalName}, pedido ${orderId}`,
    ...sampleSummary.map(({ label, value }) => `${label}: ${value}`),
    'Vencimento das parcelas: todo dia 10, de 10/01/2027 a 10/12/2027',
    '',
  ];
}

function credit({ merchantLegalName, lenderLegalName, orderId }: SampleParties): string[] {
  return [
    'CLÁUSULA PRIMEIRA – DO CRÉDITO',
    '',
    `1.1. O Credor, ${lenderLegalName}, concede ao Emitente um crédito de R$ 4.800,00 (quatro mil e oitocentos reais), destinado ao pagamento do pedido ${orderId} feito na loja ${merchantLegalName}.`,
    '1.2. O valor do crédito é pago diretamente à Loja, em nome do Emitente, no prazo de até dois dias úteis depois da assinatura. A tarifa e o imposto indicados na cláusula segunda são financiados e já estão incluídos no valor das parcelas.',
    '1.3. Esta Cédula é título executivo extrajudicial e representa dívida em dinheiro, certa, líquida e exigível, nos termos da Lei nº 10.931, de 2 de agosto de 2004.',
    '',
    'CLÁUSULA SEGUNDA – DOS JUROS, DO IMPOSTO E DO CUSTO TOTAL',
    '',
    '2.1. Sobre o saldo devedor incidem juros remuneratórios de 2,19% ao mês, capitalizados mensalmente, o que corresponde a 29,69% ao ano.',
    '2.2. São devidos o Imposto sobre Operações de Crédito (IOF), no valor de R$ 98,40, e uma tarifa de cadastro de R$ 20,00, cobrada uma única vez, somando R$ 118,40.',
    '2.3. O Custo Efetivo Total (CET) da operação é de 35,93% ao ano. O CET considera os juros, o imposto e a tarifa acima, e foi informado ao Emitente antes da contratação.',
    '',
  ];
}

const payment = [
  'CLÁUSULA TERCEIRA – DO PAGAMENTO',
  '',
  '3.1. O Emitente paga o crédito em 12 (doze) parcelas mensais, iguais e sucessivas de R$ 470,53, vencendo a primeira em 10/01/2027 e a última em 10/12/2027, no total de R$ 5.646,36.',
  '3.2. As parcelas são pagas por boleto ou Pix, com os dados que o Credor envia ao Emitente pelo menos cinco dias antes de cada vencimento. O vencimento que cair em dia sem expediente bancário passa ao primeiro dia útil seguinte, sem acréscimo.',
  '3.3. O Emitente pode pagar o saldo devedor antes do prazo, no todo ou em parte, com redução proporcional dos juros e dos demais acréscimos, conforme o art. 52, § 2º, do Código de Defesa do Consumidor.',
  '',
  'CLÁUSULA QUARTA – DO ATRASO',
  '',
  '4.1. A parcela que não for paga no vencimento é acrescida de multa de 2% sobre o seu valor, de juros de mora de 1% ao mês, contados por dia, e dos juros remuneratórios da cláusula segunda até o pagamento.',
  '4.2. Antes de comunicar o atraso a cadastros de proteção ao crédito, o Credor avisa o Emitente por escrito e lhe dá ao menos dez dias para pagar ou para contestar a cobrança.',
  '4.3. O atraso de três parcelas, seguidas ou não, permite ao Credor considerar vencida toda a dívida, depois de avisar o Emitente e de lhe dar quinze dias para regularizar os pagamentos.',
  '',
  'CLÁUSULA QUINTA – DO DIREITO DE ARREPENDIMENTO',
  '',
  '5.1. O Emitente pode desistir deste contrato em até 7 (sete) dias, contados da assinatura, sem dizer o motivo e sem custo, pelos canais da cláusula nona.',
  '5.2. Havendo desistência, o Emitente devolve o valor que tiver recebido ou cancela a compra na Loja, e o Credor devolve, de imediato e com correção, qualquer quantia já paga.',
  '',
];

function duties({ merchantLegalName }: SampleParties): string[] {
  return [
    'CLÁUSULA SEXTA – DAS DECLARAÇÕES DO EMITENTE',
    '',
    '6.1. O Emitente declara que as informações que prestou são verdadeiras e que recebeu, antes de assinar, este texto completo e o quadro resumo.',
    '6.2. O Emitente declara que o valor das parcelas cabe no seu orçamento e que não foi obrigado a contratar seguro ou qualquer outro serviço para obter o crédito.',
    '',
    'CLÁUSULA SÉTIMA – DOS DADOS PESSOAIS',
    '',
    `7.1. O Credor e a Loja, ${merchantLegalName}, tratam os dados pessoais do Emitente para celebrar e executar este contrato, cumprir obrigações legais, prevenir fraudes e proteger o crédito, conforme a Lei nº 13.709, de 14 de agosto de 2018.`,
    '7.2. O Emitente pode pedir acesso, correção e as demais providências previstas no art. 18 dessa lei. Os registros da contratação são guardados pelo tempo que a lei exige, mesmo depois de quitada a dívida.',
    '',
  ];
}

function closing({ lenderLegalName }: SampleParties): string[] {
  return [
    'CLÁUSULA OITAVA – DA ASSINATURA ELETRÔNICA',
    '',
    '8.1. As partes admitem como válida a assinatura eletrônica deste contrato por aceite (opt-in) na página em que o texto completo é mostrado, nos termos do art. 10, § 2º, da Medida Provisória nº 2.200-2, de 24 de agosto de 2001.',
    '8.2. São registrados o texto aceito e o seu código SHA-256, o instante do aceite, o endereço de rede e o navegador usados, que servem de prova entre as partes. O Emitente recebe um comprovante e pode baixar o contrato a qualquer tempo.',
    '',
    'CLÁUSULA NONA – DO ATENDIMENTO',
    '',
    `9.1. Dúvidas, reclamações e pedidos são recebidos pelo serviço de atendimento de ${lenderLegalName}, em atendimento@credor-exemplo.test, e pela ouvidoria, quando a resposta não for satisfatória.`,
    '',
    'CLÁUSULA DÉCIMA – DO FORO',
    '',
    '10.1. Fica eleito o foro do domicílio do Emitente para resolver qualquer questão deste contrato.',
  ];
}
