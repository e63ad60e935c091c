import { budgetTable } from '../check/budgets.ts';
import { CHECK_DEFAULTS, check } from '../check.ts';
import type { Command } from './command.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'find out what is wrong with a packed scene, and what it costs',
  options: { input: { type: 'string' } },
  help: [['--input FILE', `compare with this raw export if it is there (default ${CHECK_DEFAULTS.input})`]],
  async run(folder, values, progress) {
    const { findings, cost, totals, budgets } = await check(folder, { input: typeof values['input'] === 'string' ? values['input'] : CHECK_DEFAULTS.input, progress });
    return { findings: findings.list, text: budgetTable(cost, budgets), facts: { ...totals } };
  },
};
