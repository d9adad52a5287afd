package date

// monthNames lists the names and usual abbreviations of the months in the
// languages of the press, lower case, January first. Where two languages give
// one name to two months the name is left out here and stands in localMonths.
var monthNames = [12]string{
	`january jan januar jänner jaenner jän januari janvier janv enero ene gennaio gen janeiro gener urtarrila
	 tammikuu tammikuuta styczeń stycznia sty leden ledna january január januára ianuarie ian siječanj siječnja
	 ocak oca январь января янв январ січень січня січ студзеня ιανουάριος ιανουαρίου ιαν
	 يناير جانفي ינואר בינואר जनवरी जन sausio sausis janvāris janvārī jaanuar januarie januwali janvar yanvar
	 มกราคม ม.ค. জানুয়ারি ஜனவரி januarja enara januártól jaan janúar
	 јануар јануари януари جنوری ژانویه జనవరి જાન્યુઆરી ಜನವರಿ ജനുവരി ਜਨਵਰੀ ජනවාරි ဇန်နဝါရီ មករា ມັງກອນ जानेवारी
	 იანვარი იანვრის հունվար հունվարի қаңтар janar jannar ionawr janairu urtarrilaren`,
	`february feb februar februari février fevrier févr fevr fév febrero febbraio fevereiro fev febrer otsaila
	 helmikuu helmikuuta luty lutego lut únor února február februára februarie veljača veljače február şubat şub
	 февраль февраля фев февр лютий лютого лют фебруар февруари φεβρουάριος φεβρουαρίου φεβ فبراير فيفري
	 פברואר בפברואר फरवरी फ़रवरी vasario vasaris februāris februārī veebruar februarja กุมภาพันธ์ ก.พ. ফেব্রুয়ারি
	 பிப்ரவரி fevral febr februarie febuwari febrúar
	 лютага pebruari subat فروری فوریه ఫిబ్రవరి ફેબ્રુઆરી ಫೆಬ್ರವರಿ ഫെബ്രുവരി ਫਰਵਰੀ පෙබරවාරි ဖေဖော်ဝါရီ កុម្ភៈ ກຸມພາ
	 फेब्रुवारी फेब्रुअरी pebrero თებერვალი თებერვლის փետրվար փետրվարի ақпан феврал shkurt frar chwefror fabrairu
	 otsailaren`,
	`march mar mrz märz maerz mär maart mrt mars marts marzo març março marco maaliskuu maaliskuuta marzec marca
	 březen března marec martie ožujak ožujka március márc mart март марта мар березень березня бер сакавіка
	 μάρτιος μαρτίου μαρ مارس מרץ במרץ मार्च kovo kovas marts martā märts มีนาคม มี.ค. মার্চ மார்ச் maart
	 march mašī machi mareca marsa
	 maret مارچ మార్చి માર્ચ ಮಾರ್ಚ್ മാർച്ച് ਮਾਰਚ මාර්තු မတ် មីនា ມີນາ marso მარტი მარტის մարտ մարտի наурыз marzu
	 mawrth maris martxoaren`,
	`april apr avril avr abril abr aprile apirila huhtikuu huhtikuuta kwiecień kwietnia kwi duben dubna apríl
	 apríla aprilie travanj április nisan nis апрель апреля апр квітень квітня квіт απρίλιος απριλίου απρ
	 أبريل ابريل إبريل אפריל באפריל अप्रैल balandžio balandis aprīlis aprīlī aprill aprila เมษายน เม.ย. এপ্রিল
	 ஏப்ரல் april aprili ephreli красавіка
	 اپریل آوریل اوریل ఏప్రిల్ એપ્રિલ ಏಪ್ರಿಲ್ ഏപ്രിൽ ਅਪ੍ਰੈਲ ဧပြီ មេសា ເມສາ एप्रिल अप्रिल აპრილი აპრილის
	 ապրիլ ապրիլի сәуір апрел prill ebrill afrilu apirilaren aprel ápr ni̇san красавік`,
	`may mai mayo maggio mag maio maig maiatza toukokuu toukokuuta maj maja mei maí květen května máj mája
	 svibanj svibnja május máj mayıs мая май маја травень травня трав мај траўня μάιος μαΐου μαΐ مايو ماي
	 מאי במאי मई gegužės gegužė maijs maijā พฤษภาคม พ.ค. মে மே mayo meyi mais
	 مئی مه می మే મે ಮೇ മേയ് മെയ് ਮਈ මැයි မေ ឧសភា ພຶດສະພາ मे მაისი მაისის մայիս մայիսի мамыр mejju mayu maiatzaren
	 mayis`,
	`june jun juni juin junio giugno giu junho juny ekaina kesäkuu kesäkuuta czerwiec czerwca cze červen června
	 jún júna iunie iun lipanj június junija haziran haz июнь июня июн червень червня черв јун юни чэрвеня
	 ιούνιος ιουνίου ιουν يونيو يونيه جوان יוני ביוני जून birželio birželis jūnijs jūnijā juuni มิถุนายน มิ.ย. জুন
	 ஜூன் juni
	 جون ژوئن జూన్ જૂન ಜೂನ್ ജൂൺ ਜੂਨ ජූනි ဇွန် មិថុនា ມິຖຸນາ जुन hunyo ივნისი ივნისის հունիս հունիսի маусым qershor
	 ġunju mehefin yuni ekainaren iyun júní junie јуни hazi̇ran`,
	`july jul juli juillet juil julio luglio lug julho juliol uztaila heinäkuu heinäkuuta červenec července
	 júl júla iulie iul srpanj július julija temmuz tem июль июля июл липень липня лип ліпеня јул юли
	 ιούλιος ιουλίου ιουλ يوليو يوليه جويلية יולי ביולי जुलाई liepos liepa jūlijs jūlijā juuli กรกฎาคม ก.ค. জুলাই
	 ஜூலை lipiec lipca
	 جولائی ژوئیه جولای జులై జూలై જુલાઈ ಜುಲೈ ജൂലൈ ਜੁਲਾਈ ජූලි ဇူလိုင် កក្កដា ກໍລະກົດ जुलै जुलाइ hulyo ივლისი ივლისის
	 հուլիս հուլիսի шілде korrik lulju gorffennaf yuli uztailaren iyul júlí julie јули julai`,
	`august aug août aout agosto ago agost abuztua elokuu elokuuta sierpień sierpnia sie srpen srpna augusta
	 augustus augusti kolovoz kolovoza augusztus avgusta ağustos ağu август августа авг серпень серпня серп
	 жніўня аўгуста αύγουστος αυγούστου αυγ أغسطس اغسطس أوت אוגוסט באוגוסט अगस्त rugpjūčio rugpjūtis augusts augustā สิงหาคม
	 ส.ค. আগস্ট ஆகஸ்ட் agustus ogos ogast ágúst
	 اگست اوت آگوست ఆగస్టు ઓગસ્ટ ઑગસ્ટ ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ആഗസ്റ്റ് ਅਗਸਤ අගෝස්තු ဩဂုတ် សីហា ສິງຫາ ऑगस्ट अगस्ट აგვისტო
	 აგვისტოს օգոստոս օգոստոսի тамыз gusht awwissu awst agusta abuztuaren avqust avgust agustos agosti`,
	`september sep sept septembre septiembre setiembre settembre set setembro setembre iraila syyskuu syyskuuta
	 wrzesień września wrz září septembra septembrie rujan rujna szeptember szept eylül eyl сентябрь сентября
	 сен сент вересень вересня вер септембар септември верасня σεπτέμβριος σεπτεμβρίου σεπ سبتمبر ספטמבר
	 בספטמבר सितंबर सितम्बर rugsėjo rugsėjis septembris septembrī กันยายน ก.ย. সেপ্টেম্বর செப்டம்பர் settembre
	 septemba septemberin
	 ستمبر سپتامبر సెప్టెంబర్ સપ્ટેમ્બર ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ ਸਤੰਬਰ සැප්තැම්බර් စက်တင်ဘာ កញ្ញា ກັນຍາ सप्टेंबर
	 सेप्टेम्बर setyembre სექტემბერი სექტემბრის սեպտեմբեր սեպտեմբերի қыркүйек сентябр shtator settembru medi satumba
	 irailaren sentyabr sentabr septembar eylul`,
	`october oct oktober okt octobre octubre ottobre ott outubro out octubre urria lokakuu lokakuuta październik
	 października paź říjen října október októbra octombrie october octubre ekim eki октябрь октября окт жовтень
	 жовтня жовт октобар октомври кастрычніка οκτώβριος οκτωβρίου οκτ أكتوبر اكتوبر אוקטובר באוקטובר अक्टूबर spalio
	 spalis oktobris oktobrī oktoober oktobra ตุลาคม ต.ค. অক্টোবর அக்டோபர் oktoba
	 اکتوبر اکتبر అక్టోబర్ ઓક્ટોબર ઑક્ટોબર ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ਅਕਤੂਬਰ ඔක්තෝබර් အောက်တိုဘာ តុលា ຕຸລາ ऑक्टोबर अक्टोबर
	 oktubre ოქტომბერი ოქტომბრის հոկտեմբեր հոկտեմբերի қазан октябр tetor ottubru hydref urriaren oktyabr oktabr
	 oktobar eki̇m`,
	`november nov novembre noviembre novembro marraskuu marraskuuta azaroa novembra novembrie
	 studeni studenoga listopadu november kasım kas ноябрь ноября ноя нояб листопада лист новембар
	 ноември лістапада νοέμβριος νοεμβρίου νοε نوفمبر נובמבר בנובמבר नवंबर नवम्बर lapkričio lapkritis novembris novembrī
	 พฤศจิกายน พ.ย. নভেম্বর நவம்பர் nopember novemba
	 نومبر نوامبر నవంబర్ નવેમ્બર ನವೆಂಬರ್ നവംബർ ਨਵੰਬਰ නොවැම්බර් နိုဝင်ဘာ វិច្ឆិកា ພະຈິກ नोव्हेंबर नोभेम्बर nobyembre
	 ნოემბერი ნოემბრის նոյեմբեր նոյեմբերի қараша ноябр nëntor novembru tachwedd nuwamba azaroaren noyabr novembar
	 nóvember kasim`,
	`december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desembre abendua joulukuu
	 joulukuuta grudzień grudnia gru prosinec prosince decembra decembrie prosinac prosinca desember des
	 aralık ara декабрь декабря дек грудень грудня груд децембар декември снежня δεκέμβριος δεκεμβρίου δεκ ديسمبر
	 דצמבר בדצמבר दिसंबर दिसम्बर gruodžio gruodis decembris decembrī detsember ธันวาคม ธ.ค. ডিসেম্বর டிசம்பர் disember
	 disemba
	 دسمبر دسامبر డిసెంబర్ ડિસેમ્બર ಡಿಸೆಂಬರ್ ഡിസംബർ ਦਸੰਬਰ දෙසැම්බර් ဒီဇင်ဘာ ធ្នូ ທັນວາ डिसेंबर डिसेम्बर disyembre
	 დეკემბერი დეკემბრის դեկտեմբեր դեկտեմբերի желтоқсан декабр dhjetor diċembru rhagfyr disamba abenduaren dekabr
	 decembar aralik`,
}

// localMonths are names that mean one month here and another there.
var localMonths = map[string]map[string]int{
	"listopad":      {"": 11, "hr": 10, "bs": 10},
	"listopada":     {"": 11, "hr": 10, "bs": 10},
	"travnja":       {"": 4},
	"lipnja":        {"": 6},
	"srpnja":        {"": 7},
	"lis":           {"pl": 11, "hr": 10},
	"mac":           {"ms": 3},
	"آذار":          {"": 3},
	"نيسان":         {"": 4},
	"أيار":          {"": 5},
	"حزيران":        {"": 6},
	"تموز":          {"": 7},
	"آب":            {"": 8},
	"أيلول":         {"": 9},
	"شباط":          {"": 2},
	"අප්\u200dරේල්": {"": 4},
}
