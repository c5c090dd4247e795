import { sampleContract } from '#lib/domain/sample-contract.ts';

/** The usual length of a Brazilian credit contract with all its annexes, in bytes of UTF-8. */
const contractBytes = 30_000;

/** The sample contract, repeated with its annexes until it has the length that every figure is about. */
export function longContract() {
  const contract = sampleContract({
    signerName: 'Maria Exemplo da Silva',
    identity: '52998224725',
    merchantLegalName: 'Loja Exemplo',
    lenderLegalName: 'Credor Exemplo',
    orderId: 'PEDIDO-BENCH',
  });
  const annexes = Math.ceil(contractBytes / Buffer.byteLength(contract.text));
  const parts = Array.from({ length: annexes }, (_, index) => `ANEXO ${index + 1}\n\n${contract.text}`);
  return { ...contract, text: cutAtLine(parts.join('\n')) };
}

function cutAtLine(text: string): string {
  let kept = text;
  while (Buffer.byteLength(kept) > contractBytes) kept = kept.slice(0, kept.trimEnd().lastIndexOf('\n') + 1);
  return kept;
}
