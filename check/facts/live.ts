import { say } from '../clean';
import { contract } from '../contract';
import { days, either, kind, optional, SERVER, status, words } from '../expectation';
import { application, webhook } from '../needs';
import { CannotAsk, observed, type Need, type Question } from '../question';
import { endOf } from '../access/tokenServer';
import { fact, question } from './build';

const CONFLICTS = say`Conflicts`;

/** A refresh token that came with an access token. */
const pair: Need = ({ connection }) =>
	connection === undefined ? say`needs an application with its refresh token` : undefined;

const header: Question = question(
	'profile',
	{},
	[
		fact(CONFLICTS, say`C34`, {
			status: either(say`C34`, [
				[say`the header works, ${SERVER}`, status(200)],
				[say`only the parameter auth works`, status(401)],
			]),
			error: optional(words(say`NO_AUTH_FOUND`)),
		}),
	],
	{ needs: [application], sending: { place: 'header' } },
);

const parameter = (place: 'auth' | 'access_token', id: 'token:2' | 'token:3'): Question =>
	question(
		'profile',
		{},
		[
			fact(say`Transport`, id === 'token:2' ? say`token:2` : say`token:3`, {
				status: status(200),
				'result.ID': kind('text'),
			}),
		],
		{ needs: [application], sending: { place } },
	);

/** Both tokens of a pair are issued together and tell their ends, so the access token tells when that was. [SO] */
const lifetime: Question = {
	needs: [pair],
	facts: [
		fact(CONFLICTS, say`C31`, {
			lifetime: either(say`C31`, [
				[say`as the authorisation server's source and the field say`, days(30)],
				[say`as the documentation of 2026 says`, days(contract.oauth.token.lifetimes.refresh_token / 86_400)],
				[say`as the vendor's courses say`, days(28)],
			]),
		}),
	],
	ask({ connection }) {
		const [access, refresh] = [endOf(connection?.tokens.access ?? ''), endOf(connection?.tokens.refresh ?? '')];
		if (access === undefined || refresh === undefined) throw new CannotAsk(say`the tokens are not of the known form`);
		return Promise.resolve({ lifetime: refresh - (access - contract.oauth.token.lifetimes.access_token) });
	},
};

/**
 * Used on purpose with nothing to do: an incoming webhook at a method that the documentation keeps for applications.
 */
const webhookInTelephony: Question = {
	needs: [webhook],
	facts: [
		fact(CONFLICTS, say`C02`, {
			status: either(say`C02`, [
				[say`webhooks are refused, as the documentation says`, status(403)],
				[say`webhooks are let in, ${SERVER}`, status(400)],
			]),
			error_description: either(say`C02`, [
				[
					say`webhooks are refused, as the documentation says`,
					words(say`Current authorization type is denied for this method`),
				],
				[say`webhooks are let in, ${SERVER}`, words(say`USER_ID or USER_PHONE_INNER should be set`)],
			]),
		}),
	],
	ask: (run) => observed(run, 'telephony.externalCall.register', { SHOW: 0, CRM_CREATE: 0 }, { as: 'webhook' }),
};

const webhookAddress: Question = question(
	'profile',
	{},
	[fact(say`Transport`, say`url:2`, { status: status(200), 'result.ID': kind('text') })],
	{ needs: [webhook], sending: { as: 'webhook' } },
);

/** What only a live portal can tell. */
export const liveQuestions: readonly Question[] = [
	header,
	parameter('auth', 'token:2'),
	parameter('access_token', 'token:3'),
	lifetime,
	webhookInTelephony,
	webhookAddress,
];
