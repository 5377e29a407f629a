import { until } from '../n8n/driver';
import type { Stage } from './stage';

/** Its PBX is answered by both sides, who talk for seven seconds (sandbox/pbx/outcomes.ts). */
const ANSWERED = '+4930231259007';

/** Addresses that the portal sends clicks to. */
export function boundTo({ sandbox }: Stage): string[] {
	return sandbox.portal.state.handlers.map(({ handler }) => handler);
}

/** An employee clicks a number at which somebody answers. @returns CALL_ID */
export function clickAnswered({ sandbox }: Stage): string {
	return sandbox.portal.control.click({ userId: 2, phoneNumber: ANSWERED }).callId;
}

/** Waits until a call rings at the PBX. @throws Error with the portal's deliveries when it does not */
export async function rings({ sandbox }: Stage, callId: string): Promise<void> {
	const { pbx, portal } = sandbox;
	const seen = () =>
		`nothing rings for ${callId}. Deliveries: ${JSON.stringify(portal.state.deliveries.map(({ event, status, answer }) => ({ event, status, answer })))}`;
	await until(() => Promise.resolve(pbx.calls.some((call) => call.callId === callId) || undefined), seen);
}

/** Waits until a call stands in the portal's history. @returns its row @throws Error when it does not come */
export async function logged({ sandbox }: Stage, callId: string) {
	const { history } = sandbox.portal.state;
	const find = () => [...history.values()].find((row) => row.callId === callId);
	return await until(
		() => Promise.resolve(find()),
		() => `the call ${callId} is not in the history`,
	);
}
