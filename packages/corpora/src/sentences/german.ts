// The German sentences for word vectors: short, about animals, food, places, professions, families, kings and queens, and days of the week.
// Words of a kind occur in the company of the same other words, which is all that word vectors learn from.

export const germanSentences: readonly string[] = Object.freeze(`
Der Hund schläft in seinem Korb.
Die Katze schläft auf dem warmen Sofa.
Im Stall steht das Pferd und schläft.
Satt und müde liegt die Kuh im Stall.
Die Maus schläft den ganzen Tag in ihrem Loch.
Hoch oben im Nest schläft der Vogel.
Das Huhn schläft auf einer Stange im Stall.
Neben seinem Lamm schläft das Schaf im Stroh.
Der Hund frisst sein Futter aus dem Napf.
Die Katze frisst ihr Futter und leckt sich die Pfoten.
Ein Pferd frisst Hafer und frisches Heu.
Den ganzen Tag frisst die Kuh Gras auf der Wiese.
Heimlich frisst die Maus ein paar Körner.
Der Vogel frisst Körner und kleine Würmer.
Das Huhn pickt und frisst Körner vom Boden.
Auf der Wiese frisst das Schaf das frische Gras.
Der Hund hat ein braunes Fell und weiche Ohren.
Unsere Katze hat ein schwarzes Fell und grüne Augen.
Das Pferd hat ein glänzendes Fell und eine lange Mähne.
Die Kuh hat ein geflecktes Fell und große Augen.
Die Maus hat ein graues Fell und runde Ohren.
Im Winter hat das Schaf ein dickes, weißes Fell.
Der Vogel hat bunte Federn und einen kurzen Schnabel.
Das Huhn hat braune Federn und einen spitzen Schnabel.
Der Hund jagt die Katze über die Wiese.
Die Katze jagt die Maus durch den Keller.
Der Hund bellt, und die Katze springt auf den Zaun.
Ein alter Hund bewacht das Schaf auf der Wiese.
Ein Vogel sitzt auf dem Rücken der Kuh.
Das Pferd und die Kuh stehen zusammen auf der Wiese.
Das Schaf und die Kuh trinken aus demselben Bach.
Durstig trinkt das Pferd einen Eimer Wasser leer.
Am Bach trinkt der Hund frisches Wasser.
Die Katze trinkt Wasser aus ihrer Schale.
Aus der Pfütze trinkt ein Vogel Wasser.
Das Huhn trinkt einen Schluck Wasser und gackert.
Wir füttern den Hund und die Katze.
Lisa füttert das Huhn mit Körnern.
Paul füttert das Pferd mit Heu.
Heute füttern wir das Schaf und das Pferd.
Wenn es schneit, füttern wir den Vogel vor dem Fenster.
Emma streichelt das Pferd am Hals.
Jonas streichelt die Katze, bis sie schnurrt.
Das Schaf lässt sich gern streicheln.
Auch der Hund lässt sich gern streicheln.
Die Kuh ist ein großes, ruhiges Tier mit einer rauen Zunge.
Kaum ein Tier ist so klein wie die Maus.
Stark und schnell ist das Pferd, ein Tier zum Reiten.
Ein Hund ist ein treues Tier.
Die Katze ist ein leises Tier mit weichen Pfoten.
Das Huhn ist ein Tier, das Eier legt.
Das Huhn und die Maus suchen Körner im Stroh.
Der Vogel und die Maus verstecken sich vor der Katze.
Hund und Katze liegen zusammen vor dem Ofen.
Eine Maus flitzt durch den Stall, und das Huhn gackert.
Der Vogel fliegt über die Wiese zu seinem Nest.
Das Huhn läuft aufgeregt über den Hof.
Schwanzwedelnd läuft der Hund über den Hof.
Das Pferd läuft im Kreis über die Wiese.
Das Schaf läuft vor dem Hund davon.
Die Kuh und das Schaf haben Hunger und warten auf ihr Futter.
Kuh, Schaf und Huhn leben auf dem Hof.
Im Stall leben Kuh, Pferd und Schaf friedlich zusammen.
Wenn die Katze kommt, fliegt der Vogel davon, und die Maus huscht ins Loch.
Ein kleiner Vogel pickt Körner neben dem Huhn.
Zum Frühstück gibt es Brot mit Butter.
Ich esse gern Brot mit Honig zum Frühstück.
Frisches Brot schmeckt mit Käse am besten.
Der Käse schmeckt würzig und riecht ein wenig streng.
Dieser Apfel schmeckt süß und saftig.
Die heiße Suppe schmeckt nach Kräutern.
Der Kuchen schmeckt süß und nach Zimt.
Kalte Milch schmeckt an heißen Tagen.
Honig schmeckt süß und klebt an den Fingern.
Die Butter schmeckt ein wenig nach Salz.
Ich esse ein Stück Käse und ein Stück Brot.
Wir essen Kuchen und trinken Milch dazu.
Lisa isst in der Pause einen Apfel.
Paul isst einen ganzen Teller Suppe.
Emma isst ein großes Stück Kuchen.
Jonas isst Brot mit Butter und Käse.
Auf dem Tisch stehen Brot, Butter und Honig.
Milch und Kuchen stehen schon auf dem Tisch.
In die Suppe kommt ein Löffel Butter.
In den Kuchen kommen Butter, Milch und ein Apfel.
In den Tee kommt ein Löffel Honig.
Eine Tasse Milch mit Honig hilft beim Einschlafen.
Zum Abendbrot gibt es Suppe und frisches Brot.
Zum Nachtisch gibt es Kuchen mit Honig.
Zum Nachtisch esse ich einen süßen Apfel.
Wir kaufen ein Brot und ein Pfund Butter.
Wir kaufen Milch und ein großes Stück Käse.
Tim kauft einen Apfel und eine Flasche Milch.
Mein Käse liegt auf dem Teller neben dem Apfel.
Auf dem Teller liegt ein Stück Kuchen.
Ein Teller Suppe und ein Stück Käse machen satt.
Nimm dir noch ein Stück Brot zur Suppe.
Streich dir etwas mehr Butter auf das Brot.
Möchtest du noch Milch oder lieber Suppe?
Soll auf dein Brot lieber Honig oder lieber Käse?
Wer mag noch ein Stück Apfel oder etwas Käse?
Der Apfel ist rot, und der Kuchen ist noch warm.
Die Suppe ist lecker, aber zu heiß.
So ein leckerer Kuchen mit Apfel ist schnell gegessen.
Die Milch ist frisch, und der Honig ist süß.
Leckerer Käse und frische Butter stehen im Kühlschrank.
Die Milch steht im Kühlschrank neben der Butter.
Emma probiert den Käse und den Honig.
Jonas probiert die Suppe mit einem kleinen Löffel.
Zur Suppe schmeckt ein Stück Brot mit Butter.
Aus Milch macht man Butter und Käse.
Süß schmecken Apfel, Honig und Kuchen.
Wir gehen heute in den Wald und sammeln Pilze.
Die Kinder gehen in den Park und spielen Ball.
Nach dem Essen gehen wir in den Garten.
Am Nachmittag gehen alle in den Zoo.
Gleich gehen die Kinder in die Schule.
Wir fahren mit dem Rad zum Strand.
Wir fahren mit dem Bus zum Bahnhof.
Mit zwei leeren Körben fahren wir auf den Markt.
Die Kinder fahren mit dem Bus in den Zoo.
Mit dem Rad fahren wir durch den Wald.
Wer zum Bahnhof will, läuft am besten durch den Park.
Barfuß laufen die Kinder am Strand entlang.
Der Weg zur Schule führt durch den Park.
Durch den Wald kommt man schnell zum Strand.
Ein schmaler Weg führt vom Garten in den Wald.
Der kürzeste Weg zum Markt führt am Bahnhof vorbei.
Der Bus zum Zoo hält auch vor der Schule.
Im Wald stehen hohe Bäume.
In unserem Garten wachsen kleine Bäume und bunte Blumen.
Unter den Bäumen im Park stehen grüne Bänke.
Auf dem Markt stehen viele Leute.
Am Bahnhof warten viele Leute mit Koffern.
Vor der Schule lachen und lärmen viele Kinder.
Im Zoo drängeln sich die Kinder am Zaun.
Am Strand liegen Muscheln und viele Leute.
Wir treffen uns im Park unter den alten Bäumen.
Wir treffen uns am Bahnhof vor der großen Uhr.
Unsere Freunde treffen wir heute am Strand.
Treffen wir uns vor dem Zoo oder auf dem Markt?
Die Kinder spielen im Garten Verstecken.
Viele Kinder spielen am Strand mit dem Ball.
Im Wald spielen die Kinder Räuber.
Nach der Schule spielen die Kinder im Park.
Im Park und im Garten blühen die Blumen.
Auf dem Markt kaufen viele Leute Blumen.
Hinter der Schule beginnt der Wald.
Hinter dem Bahnhof beginnt der Park.
Hinter dem Garten liegt der Markt.
Zwischen Bahnhof und Schule liegt der Zoo.
Vom Bahnhof ist es nicht weit bis zum Strand.
Die Schule liegt gleich neben dem Markt.
Vom Zoo aus sieht man schon den Wald.
Im Garten ist es ruhig, auf dem Markt ist es laut.
Am Strand brennt die Sonne, im Wald ist es kühl.
Im Zoo und am Bahnhof ist es oft laut.
Ob im Garten, im Park oder im Wald, überall blühen Blumen.
Wir gehen durch den Park zum Markt und dann in den Zoo.
Von der Schule gehen wir zum Bahnhof und fahren an den Strand.
Der Bäcker arbeitet schon in der Nacht, damit es morgens Brötchen gibt.
Auch in der Nacht arbeitet ein Arzt im Krankenhaus.
Mit Topf und Löffel arbeitet der Koch an einem neuen Rezept.
Ein Lehrer arbeitet mit Kreide, Tafel und viel Geduld.
Der Bauer arbeitet bei jedem Wetter auf dem Feld.
Auch bei Regen arbeitet der Gärtner im Freien.
Ein Polizist arbeitet oft in der Nacht.
Der Maler arbeitet mit Pinsel und Farbe an der Wand.
Mein Nachbar ist Bäcker von Beruf.
Von Beruf ist Lisas Vater Arzt, und ihr Onkel ist Lehrer.
Früher war mein Onkel Koch von Beruf.
Bauer ist ein Beruf für Leute, die früh aufstehen.
Gärtner ist ein schöner Beruf, findet Emma.
Tims Onkel wurde Polizist, denn der Beruf ist spannend.
Unser neuer Nachbar ist Maler von Beruf.
Paul will einmal Bäcker oder Koch werden.
Jonas möchte später Polizist oder Lehrer werden.
Später möchte Tim Gärtner oder Maler werden.
Wer Tiere mag, kann Bauer oder Gärtner werden.
Wer Arzt oder Lehrer werden will, muss viel lernen.
Ein Maler und ein Bäcker wohnen in derselben Straße.
Der Bäcker trägt bei der Arbeit eine weiße Schürze.
Zur weißen Jacke trägt der Koch eine hohe Mütze.
Bei der Arbeit trägt der Arzt einen weißen Kittel.
Eine blaue Mütze trägt der Polizist bei der Arbeit.
Sein Kittel ist voller Farbe, denn der Maler kleckst bei der Arbeit.
Der Gärtner trägt grüne Stiefel und Handschuhe.
Auch der Bauer trägt Stiefel, wenn er in den Stall geht.
Der Lehrer setzt zum Lesen eine Brille auf.
Der Bäcker pfeift bei der Arbeit ein Lied.
Hoch auf der Leiter singt der Maler ein Lied.
Der Polizist erklärt, und der Lehrer hört ihm zu.
Der Arzt verbindet dem Koch den Finger.
Schnell hilft der Arzt dem Maler, der von der Leiter gefallen ist.
Der Polizist hilft dem Lehrer, sein Rad zu finden.
Bei der Ernte hilft der Bauer, beim Pflanzen der Gärtner.
Der Bauer bringt dem Bäcker einen Sack Mehl.
Der Gärtner bringt dem Koch frische Kräuter.
Vor dem Fest haben Koch und Bäcker viel Arbeit.
Im Winter haben der Bauer und der Gärtner weniger Arbeit.
Der Lehrer fragt den Arzt nach seiner Arbeit.
Ein Polizist, ein Maler und ein Arzt warten auf den Bus.
Morgens kaufen Koch, Lehrer und Arzt beim Bäcker ein.
Bäcker, Gärtner und Bauer stehen früh auf und beginnen mit der Arbeit.
Der Maler und der Lehrer sind Freunde, und beide lieben ihren Beruf.
Der König trägt eine Krone aus Gold.
Die Königin trägt eine silberne Krone und ein langes Kleid.
Zum Geburtstag bekommt der Prinz seine erste Krone.
Die kleine Krone der Prinzessin passt zu ihrem Kleid.
Auf dem Thron sitzt der König und streicht sich den Bart.
Auf dem Thron sitzt die Königin und ordnet ihr Haar.
Ein Prinz wohnt mit seinem Diener in einem Schloss am See.
In einem Schloss im Gebirge wohnt eine Prinzessin mit ihrer Dienerin.
Der alte König regiert sein Land mit Güte.
Lange regiert die alte Königin ihr Land, und sie tut es klug.
Der Prinz reitet durch das Tor, und er winkt dem Volk.
Die Prinzessin winkt dem Volk, und sie verschenkt ihre Blumen.
Das Volk jubelt, denn der König kommt, und er winkt.
Als die Königin in ihrer Kutsche kommt, jubelt das Volk.
Eines Tages wird der Prinz König, und er zieht in das Schloss seiner Ahnen.
Eines Tages wird die Prinzessin Königin, und sie erbt das Schloss.
Auf dem Fest im Schloss tanzt der König mit der Königin.
Auf dem Fest im Palast tanzt der Prinz mit der Prinzessin.
Die Königin lädt in ihren Palast ein, und sie trägt ihr schönstes Kleid.
Der König schenkt der Königin einen Ring, und er verbeugt sich.
Die Prinzessin spielt im Palast mit ihrer Puppe.
Der Prinz übt im Hof mit seinem Schwert, und er siegt.
König und Königin regieren gemeinsam das Reich.
Prinz und Prinzessin erben später das Reich.
In seinem Reich ist der König beliebt.
In ihrem Reich ist die Königin beliebt.
Der Prinz und die Prinzessin winken vom Balkon.
Der junge Prinz träumt, dass er einmal König wird.
Die junge Prinzessin träumt, dass sie einmal Königin wird.
Am Hof verneigt sich der Diener, und der König nimmt seine Krone ab.
Am Hof verneigt sich die Dienerin, und die Königin nimmt ihre Krone ab.
Der Mann trägt einen Hut, und er hat einen langen Bart.
Die Frau trägt ein rotes Kleid, und sie hat lange Haare.
Nach der Zeitung trinkt der Mann seinen Kaffee, dann geht er zur Arbeit.
Die Frau trinkt ihren Kaffee, dann geht sie zur Arbeit.
Vor dem Spiegel rasiert ein Mann seinen Bart.
Vor dem Spiegel kämmt eine Frau ihr langes Haar.
Der Mann repariert sein Auto, denn er will verreisen.
Die Frau wäscht ihr Auto, bevor sie verreist.
Nebenan wohnen ein Mann und eine Frau mit ihren Kindern.
Der Mann ruft seinen Freund an, denn er ist allein.
Die Frau ruft ihre Freundin an, und sie reden lange.
Der Mann von nebenan hat seinen Schlüssel verloren.
Ihren Schlüssel hat die Frau von nebenan auch verloren.
Ein Mann füttert Enten, und er spricht mit seinem Enkel.
Eine Frau füttert Enten, und sie spricht mit ihrer Enkelin.
Der Mann holt seinen Sohn ab, denn er hat frei.
Die Frau holt ihre Tochter ab, denn sie hat frei.
Der Junge klettert auf einen Baum, und er ruft seinen Freund.
Das Mädchen klettert noch höher, und sie ruft ihre Freundin.
Der Junge schießt seinen Ball über den Zaun.
Das Mädchen setzt ihre Puppe auf die Schaukel.
Der Junge malt ein Bild, und er zeigt es seinem Freund.
Ein Bild malt auch das Mädchen, und sie schenkt es ihrer Freundin.
Der Junge hat seine Mütze vergessen, und er friert.
Das Mädchen friert nicht, denn sie hat ihre Mütze dabei.
Ein Junge und ein Mädchen lernen zusammen lesen.
Der Junge ist acht Jahre alt, und er lernt schwimmen.
Das Mädchen ist neun Jahre alt, und sie lernt tauchen.
Das Mädchen trägt ein Kleid und einen Zopf in ihrem Haar.
Der Junge trägt eine Hose mit Flicken, und er pfeift.
Ein Junge baut seinem Freund eine Burg aus Sand.
Ein Mädchen baut ihrer Freundin eine Burg aus Schnee.
Der Junge sagt, dass er seinen Hut sucht.
Das Mädchen sagt, dass sie ihren Schuh sucht.
Mein Vater kocht das Essen, und er deckt den Tisch.
Meine Mutter deckt den Tisch, und sie kocht das Essen.
Abends bringt der Vater seinen Sohn ins Bett.
Die Mutter bringt ihre Tochter ins Bett und löscht das Licht.
Mein Vater hat einen kurzen Bart, und er lacht viel.
Meine Mutter hat braunes Haar, und sie lacht gern.
Der Vater tröstet seinen Sohn, und er singt leise.
Leise singt die Mutter, und sie tröstet ihre Tochter.
Vater und Mutter freuen sich auf den Urlaub mit der Familie.
Mein Vater sucht seine Brille, die Mutter sucht ihre Tasche.
Auf seinen Schultern trägt der Vater seinen Sohn.
Auf ihrem Arm trägt die Mutter ihre Tochter.
Mein Bruder teilt sein Zimmer mit mir, und er schnarcht.
Meine Schwester hat ihr Zimmer für sich, und sie räumt es nie auf.
Mein kleiner Bruder hat seinen Ball verloren.
Meine kleine Schwester hat ihre Puppe verloren.
Mein großer Bruder hilft mir, denn er kann gut rechnen.
Meine große Schwester hilft mir, denn sie schreibt ohne Fehler.
Mein Bruder übt Trompete, und er wird immer besser.
Meine Schwester übt Geige, und sie ist schon ziemlich gut.
Bruder und Schwester streiten und vertragen sich wieder.
Mein Bruder zieht seine Hose an, und er rennt los.
Meine Schwester zieht ihr Kleid an, und sie rennt ihm nach.
Mein Bruder und sein Freund bauen eine Hütte, und er hämmert laut.
Meine Schwester und ihre Freundin bauen ein Floß, und sie sägt die Bretter.
Mein Opa erzählt von früher, und er raucht seine Pfeife.
Meine Oma erzählt von früher, und sie strickt ihre Socken.
In seinem Sessel sitzt mein alter Opa, und er krault seinen weißen Bart.
In ihrem Sessel sitzt meine alte Oma, und sie hat weißes Haar.
Opa liest uns ein Märchen vor, und er setzt seine Brille auf.
Bevor Oma ein Märchen vorliest, sucht sie ihre Brille.
Mein Opa geht am Stock, aber er ist fröhlich.
Meine Oma geht langsam, aber sie ist fröhlich.
In den Ferien besuchen Opa und Oma ihre Enkel.
Nach dem Essen schläft Opa in seinem Sessel ein.
Über ihrem Strickzeug schläft Oma im Sessel ein.
Opa repariert seinen alten Hut, und er lacht dabei.
Oma näht ihr altes Kleid um, und sie lacht dabei.
Mein Opa backt mit seinem Enkel Waffeln.
Meine Oma backt mit ihrer Enkelin Waffeln.
Am Montag beginnt die neue Woche.
Am Montag haben wir in der ersten Stunde Sport.
Am Dienstag habe ich nach der Schule Klavier.
Am Mittwoch gehe ich um vier zum Schwimmen.
Am Donnerstag singe ich um fünf im Chor.
Am Freitag haben wir schon mittags frei.
Am Samstag dürfen wir lange schlafen.
Am Sonntag schlafen alle bis um zehn.
Nach dem Montag kommt der Dienstag.
Auf den Dienstag folgt der Mittwoch.
Nach dem Mittwoch kommt der Donnerstag.
Auf den Donnerstag folgt der Freitag.
Nach dem Freitag kommt endlich der Samstag.
Auf den Samstag folgt der Sonntag.
Nach dem Sonntag kommt wieder der Montag.
Heute ist Montag, also ist morgen Dienstag.
Wenn heute Mittwoch ist, dann ist morgen Donnerstag.
Heute ist Freitag, und morgen ist Samstag.
Gestern war Sonntag, darum ist heute Montag.
War gestern nicht Dienstag, und ist heute nicht Mittwoch?
Gestern war Donnerstag, und heute ist Freitag.
Von Montag bis Freitag klingelt der Wecker um sieben.
Samstag und Sonntag sind das Wochenende.
Am Dienstag und am Donnerstag hat es geregnet.
Nächste Woche hat Lisa am Mittwoch Geburtstag.
Tim feiert nächste Woche am Samstag.
Letzte Woche gab es am Donnerstag ein Gewitter.
Letzte Woche war am Sonntag schönes Wetter.
Der Chor übt jeden Dienstag und jeden Freitag.
Jeden Mittwoch und jeden Samstag kommt die Zeitung.
Von Freitag bis Sonntag sind wir verreist.
Am Montag, am Mittwoch und am Freitag ist das Schwimmbad offen.
Am Dienstag, am Donnerstag und am Samstag ist das Museum offen.
Ist morgen schon Sonntag, oder ist morgen erst Samstag?
`.trim().split('\n'));
