"""Hosts on which parcel carriers show where a parcel is: theirs, and those of open trackers.

A host counts by its end, label by label: `www.dhl.com` is DHL's, `dhl.com.example.org` and
`dhl.com-track.example` are somebody else's. Trackers on which a shop has pages of its own, below a
name of its own, are left out: such a page may sell.
"""

from __future__ import annotations

_DOMAINS = """
    17track.net anpost.com aramex.com asendia.com auspost.com.au bartolini.it bpost.be brt.it
    cainiao.com canadapost-postescanada.ca canadapost.ca ceskaposta.cz chronopost.com chronopost.fr
    ciblex.fr colisprive.com colisprive.fr colissimo.fr correos.es correosexpress.com
    ctt-express.com ctt.es ctt.pt cttexpress.com dachser.com dao.as dhl.at dhl.be dhl.ch dhl.co.uk
    dhl.com dhl.de dhl.es dhl.fr dhl.it dhl.nl dhlecommerce.nl dhlparcel.nl dpd.at dpd.be dpd.ch
    dpd.co.uk dpd.com dpd.de dpd.es dpd.fr dpd.it dpd.nl dpdgroup.com dpdlocal.co.uk envialia.com
    evri.com fedex.com geodis.com gls-france.com gls-group.com gls-group.eu gls-italy.com
    gls-pakete.de gls-spain.es heppner.fr hermes-europe.co.uk hermesworld.com inpost.co.uk
    inpost.es inpost.fr inpost.it inpost.pl laposte.fr lasership.com mondialrelay.be
    mondialrelay.com mondialrelay.es mondialrelay.fr mrw.es myhermes.de nacex.com nacex.es
    nexive.it ontrac.com paack.co packeta.com parcelforce.com parcelsapp.com poczta-polska.pl
    post.at post.ch post.lu poste.it postnl.be postnl.nl postnord.com postnord.dk postnord.se
    purolator.com relaiscolis.com royalmail.com sda.it seur.com swisspost.ch tipsa-dinapaq.com
    tnt.com tourlineexpress.com trackingmore.com tuffnells.co.uk ups.com usps.com yanwen.com.cn
    yodel.co.uk zeleris.com
"""
CARRIER_DOMAINS = frozenset(_DOMAINS.split())


def is_carrier(host: str) -> bool:
    """Whether a host in lower case is a known carrier's or lies below one of theirs."""
    labels = host.split(".")
    return any(".".join(labels[first:]) in CARRIER_DOMAINS for first in range(len(labels) - 1))
