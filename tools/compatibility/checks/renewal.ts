import type { Check } from '../stage';
import { together } from '../together';

const EXECUTIONS = 20;
/** What makes the renewals overlap: every execution is there before the first one has its new token. */
const SECONDS = 6;

/** Executions that start at the same moment with a token that has expired. A used refresh token is dead. */
export const renewal: Check = {
	name: 'renewal',
	title: 'Renewal under load',
	async run(stage) {
		const { control } = stage.sandbox.portal;
		control.expireTokens();
		control.addFault({ kind: 'delay', target: 'oauth/token', seconds: SECONDS, count: EXECUTIONS });
		const { renewals, refusals, executions } = await together(stage, EXECUTIONS);
		control.clearFaults();
		const failed = executions.filter(({ status }) => status !== 'success');
		const [first] = failed;
		if (first)
			throw new Error(
				`${failed.length} of ${executions.length} executions failed, ${renewals} renewals, ${refusals} refused: ${first.error?.message}`,
			);
		return `${executions.length} of ${executions.length} with ${renewals} ${renewals === 1 ? 'renewal' : 'renewals'}${refusals > 0 ? ` and ${refusals} refused` : ''}`;
	},
};
