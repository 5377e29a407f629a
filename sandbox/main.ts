import { startSandbox, type Sandbox } from './index';

/** Ports may be fixed by the environment, e.g. SANDBOX_PORT=8400 npm run sandbox; free ones are taken otherwise. */
const port = (name: string): number => Number(process.env[name] ?? 0);

async function main(): Promise<void> {
	const sandbox = await startSandbox({
		portal: { timeFactor: 1, port: port('SANDBOX_PORT'), authPort: port('SANDBOX_AUTH_PORT') },
		pbx: { port: port('SANDBOX_PBX_PORT') },
	});
	process.stdout.write(greeting(sandbox));
	let stopping = false;
	const stop = (): void => {
		// A second Ctrl+C means that the person does not want to wait.
		if (stopping) process.exit(130);
		stopping = true;
		void sandbox.stop().then(() => process.exit(0));
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}

function greeting({ portal, pbx, url }: Sandbox): string {
	const [application] = portal.state.applications.values();
	return `
Bitrix24 sandbox is running.

  Page for people       ${url}
  Portal                ${portal.url}
  Authorisation server  ${portal.authorizationUrl}
  PBX (Asterisk ARI)    ${pbx.url}/ari   user ${pbx.user}, password ${pbx.password}

  Client id             ${application?.clientId ?? ''}
  Client secret         ${application?.clientSecret ?? ''}

What to try
  1. Open the page. You are an employee; the card and the phones are at the side.
  2. Follow "Connect your own n8n" under Setup on the page; what it lets you copy is the list above.
  3. Publish a workflow with the Bitrix24 Telephony Trigger, and press a phone number on the page.
  Numbers that end in 90SS are answered and last SS seconds; the page lists the other automatic numbers.

Ctrl+C stops everything.
`;
}

main().catch((error: unknown) => {
	process.stderr.write(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
