import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { failed, success, type Answer, type Failure } from '../../bitrix24/failure';
import { hasMark, markOf, partsOf, sign, signedAddress } from '../../bitrix24/handlerSignature';
import { bindings, unbind as unbindCall, type Binding } from '../../bitrix24/methods/events';
import type { Connection } from '../common/connection';
import type { Expected } from './delivery';
import type { Caller } from './lookUp';
import { identityOf, type Bound } from './memory';

type Context = IHookFunctions | IWebhookFunctions;

/**
 * What a delivery has to fit while nothing was kept at activation.
 *
 * @returns undefined for a credential without client secret: anybody could make its signature.
 */
export function expectedWith(
	{ clientSecret, memberId, applicationToken }: Connection,
	context: Context,
	events: string[],
): Expected | undefined {
	if (!clientSecret) return undefined;
	return {
		signatureMark: markOf(sign(clientSecret, identityOf(context))),
		memberId,
		applicationTokenMark: applicationToken && markOf(applicationToken),
		events,
	};
}

/**
 * Unbinds addresses, exactly these.
 *
 * @param secret the client secret that the credential has now. Where it made the signature, the address is known;
 *   otherwise the portal's own list tells it.
 * @returns what is still bound, and why.
 */
export async function unbind(
	portal: Caller,
	context: Context,
	secret: string,
	bounds: Bound[],
): Promise<{ left: Bound[]; failure?: Failure }> {
	const left: Bound[] = [];
	let failure: Failure | undefined;
	for (const bound of bounds) {
		const undone = await unbindOne(portal, bound, signaturesOf(context, secret));
		if (undone.ok) continue;
		left.push(bound);
		failure = undone.failure;
	}
	return { left, failure };
}

async function unbindOne(portal: Caller, bound: Bound, signatures: string[]): Promise<Answer<true>> {
	const there = await bindingsOf(portal, bound, signatures);
	if (!there.ok) return there;
	for (const { event, handler } of there.value) {
		const answer = await portal.ask(unbindCall({ event, handler }));
		if (!answer.ok) return failed(answer.failure);
	}
	return success(true);
}

async function bindingsOf(
	portal: Caller,
	{ address, signatureMark, events }: Bound,
	signatures: string[],
): Promise<Answer<Binding[]>> {
	const signature = signatures.find((one) => hasMark(one, signatureMark));
	if (signature !== undefined)
		return success(events.map((event) => ({ event, handler: signedAddress({ address, signature }) })));
	const listed = await portal.ask(bindings);
	if (!listed.ok) return listed;
	return success(
		listed.value.filter(({ handler }) => {
			const parts = partsOf(handler);
			return parts?.address === address && hasMark(parts.signature, signatureMark);
		}),
	);
}

/** Both, for n8n ends test listening in another mode than it began it (test-webhooks.js: `internal`). */
function signaturesOf(context: Context, secret: string): string[] {
	const identity = identityOf(context);
	return [sign(secret, { ...identity, mode: 'production' }), sign(secret, { ...identity, mode: 'test' })];
}

/** What the trigger would have bound by now, for when nothing is remembered. */
export function guessedBounds(context: IHookFunctions, secret: string, events: string[]): Bound[] {
	const address = new URL(context.getNodeWebhookUrl('default') ?? '').href;
	return signaturesOf(context, secret).map((signature) => ({ address, signatureMark: markOf(signature), events }));
}
