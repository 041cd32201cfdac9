// The section "Ports and Network" of the run form: ports, networks and names.
import { t } from '../../../l10n.ts';
import type { Section } from './field.ts';

export const portsSection: Section = {
  title: () => t('Ports and Network'),
  fields: [
    {
      id: 'ports',
      kind: 'list',
      flag: '--publish -p',
      note: 'run.ports',
      label: () => t('Ports'),
      hint: () =>
        t(
          'Host first, then container: 8080:80, 127.0.0.1:8080:80, 53:53/udp, 8000-8005:8000-8005. 80 alone takes a free host port.',
        ),
      placeholder: '8080:80',
      add: () => t('Add Port'),
    },
    {
      id: 'publishAll',
      kind: 'switch',
      flag: '--publish-all -P',
      note: 'run.ports',
      label: () => t('Publish All Ports'),
      hint: () => t('Publishes every port that the image exposes at a free port of the host.'),
    },
    {
      id: 'network',
      kind: 'networks',
      flag: '--network',
      note: 'run.network',
      label: () => t('Networks'),
      hint: () => t('Networks to join. Empty: the default bridge, where containers do not find each other by name.'),
      placeholder: 'bridge',
      offers: 'networks',
      add: () => t('Add Network'),
    },
    {
      id: 'networkAliases',
      kind: 'list',
      flag: '--network-alias',
      note: 'run.network',
      label: () => t('Network Aliases'),
      hint: () => t('Further names under which other containers of the network find this one.'),
      placeholder: 'db',
      add: () => t('Add Alias'),
    },
    {
      id: 'hostname',
      kind: 'text',
      flag: '--hostname -h',
      note: 'run.network',
      label: () => t('Host Name'),
      hint: () => t('The name of the machine as the container sees it. Empty: the start of its id.'),
      placeholder: 'web',
    },
    {
      id: 'extraHosts',
      kind: 'list',
      flag: '--add-host',
      note: 'run.network',
      label: () => t('Extra Hosts'),
      hint: () => t("Lines for the container's /etc/hosts, as name:address. host-gateway stands for the host."),
      placeholder: 'host.docker.internal:host-gateway',
      add: () => t('Add Host'),
    },
    {
      id: 'dns',
      kind: 'list',
      flag: '--dns',
      note: 'run.network',
      label: () => t('DNS Servers'),
      hint: () => t("Addresses of name servers. Empty: the host's."),
      placeholder: '1.1.1.1',
      add: () => t('Add Server'),
    },
  ],
};
