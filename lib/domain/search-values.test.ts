import { describe, expect, test } from 'vitest';
import { nameWords, searchValues } from './search-values.ts';

describe('the words of a name', () => {
  test.each([
    ['Maria Exemplo da Silva', ['maria', 'exemplo', 'da', 'silva']],
    ['JOSÉ  D’Ávila-Sá', ['jose', 'avila', 'sa']],
    ['João E. Conceição', ['joao', 'conceicao']],
    ['Joa\u0303o', ['joao']],
    ['Ｍａｒｉａ', ['maria']],
    ['Ana ana ANA', ['ana']],
    ['Åsa Öst', ['asa', 'ost']],
    ['Bjørn Łukasz Weiß', ['bjorn', 'lukasz', 'weiss']],
    ['BJØRN ŁUKASZ WEISS', ['bjorn', 'lukasz', 'weiss']],
    ['Ægir Œuvrard Þór Guðrún', ['aegir', 'oeuvrard', 'thor', 'gudrun']],
    ['IŞIK ışık', ['isik']],
    ['李小龍 Lee', ['李小龍', 'lee']],
    ['Pedro 2º', ['pedro', '2o']],
    ['X', []],
    ['', []],
    ['… – 😀', []],
  ])('%j are %j', (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });

  test('are the same however the accents were typed', () => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
      expect(nameWords('Conceição Müller'.normalize(form))).toEqual(['conceicao', 'muller']);
  });

  test('are at most twelve, the first ones', () => {
    const words = Array.from({ length: 30 }, (_, index) => `nome${index}`);
    expect(nameWords(words.join(' '))).toEqual(words.slice(0, 12));
  });
});

test('details are found by each of their values, the e-mail in any case', () => {
  const details = { name: 'Ana Sá', email: 'Ana.Sa@exemplo.com.br', identity: '52998224725', phone: '+5511912345678' };
  expect(searchValues(details)).toEqual([
    { field: 'identity', value: '52998224725' },
    { field: 'email', value: 'ana.sa@exemplo.com.br' },
    { field: 'phone', value: '+5511912345678' },
    { field: 'name_word', value: 'ana' },
    { field: 'name_word', value: 'sa' },
  ]);
  expect(searchValues({})).toEqual([]);
});
